package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Chunks that the comparison had no reason to read. Nothing of them is written, but a backup that
 * is damaged anywhere is not restored from, and an undo may rest on any part of a safety backup.
 */
final class UnreadChunks {
  private UnreadChunks() {}

  /**
   * Compares them with their hashes. What both backups store in the same bytes is read once.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  static void check(OpenedBackup backup, OpenedBackup live)
      throws IOException, InterruptedException {
    check(live);
    Set<Stored> known = new HashSet<>();
    for (int place = 0; place < live.metadata().chunks().size(); place++) {
      Stored.of(live, place).ifPresent(known::add);
    }
    check(
        backup,
        places(backup).stream()
            .filter(place -> Stored.of(backup, place).filter(known::contains).isEmpty())
            .toList());
  }

  /** Compares those of a backup that stands alone. */
  static void check(OpenedBackup backup) throws IOException, InterruptedException {
    check(backup, places(backup));
  }

  /**
   * A chunk, as it is stored and as it was signed.
   *
   * @param frame its hash as stored
   * @param rows its rows' hash
   */
  private record Stored(String frame, String rows) {
    static Optional<Stored> of(OpenedBackup backup, int place) {
      String rows = backup.metadata().chunks().get(place).sha256();
      return backup.storedHash(place).map(frame -> new Stored(frame, rows));
    }
  }

  private static List<Integer> places(OpenedBackup backup) {
    return IntStream.range(0, backup.metadata().chunks().size())
        .filter(place -> !backup.hasRead(place))
        .boxed()
        .toList();
  }

  private static void check(OpenedBackup backup, List<Integer> places)
      throws IOException, InterruptedException {
    int threads = Math.min(places.size(), Runtime.getRuntime().availableProcessors());
    if (threads == 0) {
      return;
    }
    try (ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("coffer-verifier-", 0).daemon().factory())) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        List<Integer> part =
            places.subList(places.size() * i / threads, places.size() * (i + 1) / threads);
        parts.add(
            executor.submit(() -> {
              checkOneByOne(backup, part);
              return null;
            }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case CofferException told -> throw told;
        case IOException unreadable -> throw unreadable;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }

  private static void checkOneByOne(OpenedBackup backup, List<Integer> places) throws IOException {
    try (OpenedBackup own = backup.again()) {
      for (int place : places) {
        own.check(place);
      }
    }
  }
}
