package dev.coffer.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The key pair made for one backup, as its writer sees it: the public half seals, and the private
 * half is known only wrapped for the recipients. Whoever holds this object cannot open what it
 * sealed. Safe for use by several threads.
 */
public final class BackupKey {
  /** Room for the header of an age file with one recipient, and its nonce. */
  private static final int HEADER_BYTES = 256;

  private static final int PIECE_BYTES = 64 * 1024;
  private static final int TAG_BYTES = 16;

  private final List<Recipient> recipients;
  private final Recipient key;
  private final byte[] wrappedIdentity;

  private BackupKey(List<Recipient> recipients, Recipient key, byte[] wrappedIdentity) {
    this.recipients = recipients;
    this.key = key;
    this.wrappedIdentity = wrappedIdentity;
  }

  /** A fresh key pair, its private half wrapped for {@code recipients}, then forgotten. */
  public static BackupKey create(List<Recipient> recipients) {
    List<Recipient> distinct = recipients.stream().distinct().toList();
    Identity identity = Identity.generate();
    byte[] text = identity.fileText(Instant.now()).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
    try (OutputStream encrypting = AgeFile.encrypting(wrapped, distinct)) {
      encrypting.write(text);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new BackupKey(distinct, identity.recipient(), wrapped.toByteArray());
  }

  /** Those whose identities open this backup's secrets: {@code age1…}. */
  public List<String> recipients() {
    return recipients.stream().map(Recipient::toString).toList();
  }

  /** The public half of this backup's key: {@code age1…}. */
  public String key() {
    return key.toString();
  }

  /** An age file for the recipients; its content is an age identity file for {@link #key()}. */
  public byte[] wrappedIdentity() {
    return wrappedIdentity.clone();
  }

  /** An age file for {@link #key()} with a stretch of {@code plain} as its content. */
  public byte[] seal(byte[] plain, int offset, int length) {
    int pieces = length / PIECE_BYTES + 1;
    Gathered target = new Gathered(HEADER_BYTES + length + pieces * TAG_BYTES);
    try (WritableByteChannel encrypting = AgeFile.encrypting(target, List.of(key))) {
      encrypting.write(ByteBuffer.wrap(plain, offset, length));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Arrays.copyOf(target.bytes, target.length);
  }

  /** Collects in one array of sufficient size. */
  private static final class Gathered implements WritableByteChannel {
    private final byte[] bytes;
    private int length;
    private boolean open = true;

    Gathered(int capacity) {
      bytes = new byte[capacity];
    }

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      source.get(bytes, length, count);
      length += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
