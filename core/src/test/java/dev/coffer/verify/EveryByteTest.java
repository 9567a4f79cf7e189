package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte of a backup can be changed, and none be missing at its end, without being found. */
@ExtendWith(SeededRandom.class)
class EveryByteTest {
  private static final int MOST_BYTES = 30_000;

  /** From both ends, so many bytes are changed in each bit, and in text all that are not ASCII. */
  private static final int IN_EVERY_BIT = 250;

  private static final SmallBackup BACKUP = SmallBackup.get();

  @TempDir Path folder;

  enum Form {
    PLAIN,
    FRAMED,
    ENCRYPTED;

    byte[] bytes() throws IOException {
      return switch (this) {
        case PLAIN -> BACKUP.plain();
        case FRAMED -> BACKUP.framed();
        case ENCRYPTED -> BACKUP.encrypted();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyChangedByteIsFound(Form form, Random random) throws Exception {
    byte[] bytes = form.bytes();
    assertThat(bytes.length).isLessThan(MOST_BYTES);
    assertThat(missed(bytes, random.nextLong(), EveryByteTest::flips)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyMissingEndIsFound(Form form) throws Exception {
    assertThat(missed(form.bytes(), 0, (file, bytes, at, seed) -> cut(file, bytes, at))).isEmpty();
  }

  /** Tries what can be done at one place; answers what went unnoticed, or nothing. */
  private interface Attempt {
    String at(Path file, byte[] bytes, int at, long seed) throws IOException;
  }

  private static String flips(Path file, byte[] bytes, int at, long seed) throws IOException {
    boolean letter = bytes[at] < 0 && bytes[0] == '{';
    boolean every = letter || at < IN_EVERY_BIT || at >= bytes.length - IN_EVERY_BIT;
    int chosen = new Random(seed + at).nextInt(Byte.SIZE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        if (every || bit == chosen) {
          put(channel, at, bytes[at] ^ 1 << bit);
          String told = verified(file);
          if (!told.isEmpty()) {
            return "byte " + at + ", bit " + bit + told;
          }
        }
      }
      put(channel, at, bytes[at]);
    }
    return "";
  }

  private static void put(FileChannel channel, int at, int value) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
  }

  private static String cut(Path file, byte[] bytes, int length) throws IOException {
    Files.write(file, java.util.Arrays.copyOf(bytes, length));
    String told = verified(file);
    return told.isEmpty() ? "" : "cut to " + length + " bytes" + told;
  }

  /** Empty if the damage is told of. */
  private static String verified(Path file) {
    try {
      VerificationReport report = Verifier.verify(file, BACKUP.options(), Progress.SILENT);
      return report.sound() ? ": no error found, the verifier is broken" : "";
    } catch (CofferException refused) {
      return refused.code() == ErrorCode.KEY_DOES_NOT_OPEN
          ? ""
          : ": " + refused + refused.getCause();
    } catch (RuntimeException unexpected) {
      return ": " + unexpected;
    }
  }

  private Queue<String> missed(byte[] bytes, long seed, Attempt attempt) throws Exception {
    Queue<String> missed = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    int threads = Runtime.getRuntime().availableProcessors();
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      Path file = Files.write(folder.resolve("copy-" + i + ".json"), bytes);
      running[i] =
          Thread.ofPlatform()
              .start(() -> {
                for (int at = next.getAndIncrement();
                    at < bytes.length && missed.size() < 20;
                    at = next.getAndIncrement()) {
                  try {
                    String told = attempt.at(file, bytes, at, seed);
                    if (!told.isEmpty()) {
                      missed.add(told);
                      Files.write(file, bytes);
                    }
                  } catch (IOException failure) {
                    missed.add(failure.toString());
                  }
                }
              });
    }
    for (Thread thread : running) {
      thread.join();
    }
    return missed;
  }
}
