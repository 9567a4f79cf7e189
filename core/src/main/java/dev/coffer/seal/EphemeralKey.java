package dev.coffer.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * An age key pair that lives in this process's memory alone: for intermediate data that may hold
 * secrets and has to wait on a disk. Immutable.
 */
public final class EphemeralKey {
  private final Identity identity = Identity.generate();

  /** A stream that encrypts what is written to it; see {@link AgeFile#encrypting}. */
  public OutputStream encrypting(OutputStream target) throws IOException {
    return AgeFile.encrypting(target, List.of(identity.recipient()));
  }

  /** The content of what {@link #encrypting} wrote. */
  public InputStream decrypting(InputStream source) throws IOException {
    return AgeFile.decrypting(source, List.of(identity));
  }

  /** Opens what is encrypted to {@link #recipient}. */
  public Identity identity() {
    return identity;
  }

  public Recipient recipient() {
    return identity.recipient();
  }
}
