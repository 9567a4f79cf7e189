package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.error.CofferException;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A document of more than thirty megabytes, damaged at a thousand random places. */
@ExtendWith(SeededRandom.class)
class LargeFileTest {
  private static final int PLACES = 1000;

  /** Long values, so that there is much text and little to wait for. */
  private static final String TABLE =
      """
      CREATE TABLE letters (id int PRIMARY KEY, body text);
      INSERT INTO letters SELECT i, repeat(md5(i::text), 280) || ' ' ||
        (SELECT string_agg(md5((i * 100 + j)::text), ' ') FROM generate_series(1, 16) j)
      FROM generate_series(1, 3300) i;
      """;

  @TempDir Path folder;

  @Test
  void aThousandDamagesAreFound(Random random) throws Exception {
    KeyHome keys = KeyHome.at(folder.resolve("home"));
    byte[] bytes = Files.readAllBytes(take(keys));
    VerifyOptions options = new VerifyOptions(List.of(), keys.trustedSigners(), 1);
    Path untouched = Files.write(folder.resolve("untouched"), bytes);
    VerificationReport sound = Verifier.verify(untouched, options, Progress.SILENT);
    assertThat(sound.findings()).isEmpty();
    assertThat(sound.bytes()).isGreaterThan(30_000_000);
    assertThat(Forgery.frameStarts(bytes)).hasSizeGreaterThan(25);
    assertThat(missed(bytes, options, random.nextLong())).isEmpty();
  }

  private Path take(KeyHome keys) {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(TABLE);
      BackupRequest text = SmallBackup.request(database, folder, keys);
      BackupRequest framed =
          new BackupRequest(
              text.database(),
              text.kind(),
              text.reason(),
              text.createdBy(),
              text.root(),
              Compression.ZSTD,
              text.profiles(),
              text.keys(),
              text.encryptTo(),
              text.connections(),
              text.cofferVersion());
      return Backups.take(framed, Progress.SILENT).file();
    }
  }

  private Queue<String> missed(byte[] bytes, VerifyOptions options, long seed) throws Exception {
    Queue<String> missed = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Path file = folder.resolve("copy-" + i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int at = next.getAndIncrement(); at < PLACES; at = next.getAndIncrement()) {
                  attempt(bytes, new Random(seed + at), file, options, missed);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return missed;
  }

  private static void attempt(
      byte[] bytes, Random random, Path file, VerifyOptions options, Queue<String> missed) {
    Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
    int at = random.nextInt(bytes.length);
    try {
      byte[] damaged = damage.of(bytes, at, random);
      Files.write(file, damaged);
      boolean found = !Verifier.verify(file, options, Progress.SILENT).sound();
      if (!found && !Arrays.equals(bytes, damaged)) {
        missed.add(damage + " at byte " + at + ": no error found, the verifier is broken");
      }
    } catch (CofferException | IOException unexpected) {
      missed.add(damage + " at byte " + at + ": " + unexpected);
    } catch (RuntimeException unexpected) {
      missed.add(damage + " at byte " + at + ": " + unexpected);
    }
  }

  private enum Damage {
    FLIP,
    INSERT,
    DELETE,
    SWAP,
    DUPLICATE_FRAME,
    DROP_FRAME,
    REORDER_FRAMES;

    byte[] of(byte[] bytes, int at, Random random) {
      return switch (this) {
        case FLIP -> {
          byte[] flipped = bytes.clone();
          flipped[at] ^= (byte) (1 << random.nextInt(8));
          yield flipped;
        }
        case INSERT -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt()});
        case DELETE -> spliced(bytes, at, at + 1, new byte[0]);
        case SWAP -> {
          int length = 1 + random.nextInt(4096);
          int first = random.nextInt(bytes.length - 2 * length);
          int second = first + length + random.nextInt(bytes.length - first - 2 * length);
          byte[] swapped = bytes.clone();
          System.arraycopy(bytes, first, swapped, second, length);
          System.arraycopy(bytes, second, swapped, first, length);
          yield swapped;
        }
        case DUPLICATE_FRAME, DROP_FRAME, REORDER_FRAMES -> inFrames(bytes, random);
      };
    }

    private byte[] inFrames(byte[] bytes, Random random) {
      List<Integer> starts = Forgery.frameStarts(bytes);
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        int end = i + 1 < starts.size() ? starts.get(i + 1) : bytes.length;
        frames.add(Arrays.copyOfRange(bytes, starts.get(i), end));
      }
      int frame = random.nextInt(frames.size());
      switch (this) {
        case DUPLICATE_FRAME -> frames.add(frame, frames.get(frame));
        case DROP_FRAME -> frames.remove(frame);
        default -> Collections.swap(frames, frame, random.nextInt(frames.size()));
      }
      return Forgery.joined(frames);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
      return Forgery.joined(
          List.of(Arrays.copyOf(bytes, from), middle, Arrays.copyOfRange(bytes, to, bytes.length)));
    }
  }
}
