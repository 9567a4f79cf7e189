package dev.coffer.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decrypts an age file. Once it has met damage it gives nothing but that failure: jagged's channel
 * would hand out a stale buffer when read again.
 */
final class AgeInputStream extends InputStream {
  private final ReadableByteChannel channel;
  private Optional<CofferException> failure = Optional.empty();

  AgeInputStream(InputStream source, List<Identity> identities) throws IOException {
    RecipientStanzaReader reader = stanzas -> fileKey(stanzas, identities);
    try {
      channel =
          new StandardDecryptingChannelFactory()
              .newDecryptingChannel(Channels.newChannel(source), List.of(reader));
    } catch (UnsupportedRecipientStanzaException other) {
      throw new CofferException(
          ErrorCode.KEY_DOES_NOT_OPEN,
          "The file is encrypted, and "
              + (identities.isEmpty() ? "no identity was given" : "not to " + named(identities)),
          "Name the file that holds the private half of a key it was encrypted to: --identity FILE",
          other);
    } catch (CofferException fromSource) {
      throw fromSource;
    } catch (PayloadException | GeneralSecurityException | RuntimeException damage) {
      throw damaged("The header of the encrypted file is damaged or cut short", damage);
    }
  }

  private static FileKey fileKey(Iterable<RecipientStanza> stanzas, List<Identity> identities)
      throws GeneralSecurityException {
    UnsupportedRecipientStanzaException none =
        new UnsupportedRecipientStanzaException("No identity matches");
    for (Identity identity : identities) {
      try {
        return identity.reader().getFileKey(stanzas);
      } catch (UnsupportedRecipientStanzaException next) {
        none.addSuppressed(next);
      }
    }
    throw none;
  }

  static String named(List<Identity> identities) {
    return String.join(
        ", ", identities.stream().map(identity -> identity.recipient().toString()).toList());
  }

  private static CofferException damaged(String fact, Exception cause) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED, fact, "Take another copy of the file.", cause);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (length == 0) {
      return 0;
    }
    try {
      return channel.read(ByteBuffer.wrap(target, offset, length));
    } catch (CofferException fromSource) {
      throw fail(fromSource);
    } catch (PayloadException | RuntimeException damage) {
      throw fail(damaged("The encrypted file is damaged or cut short", damage));
    }
  }

  private CofferException fail(CofferException exception) {
    failure = Optional.of(exception);
    return exception;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
