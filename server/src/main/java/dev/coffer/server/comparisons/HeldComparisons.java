package dev.coffer.server.comparisons;

import dev.coffer.compare.ScratchFolder;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds the records that the newest comparisons found to differ, for a while: in files without a
 * name, encrypted with keys that only this process has. Nothing of them outlives the process.
 */
@Component
class HeldComparisons {
  static final Duration HELD = Duration.ofHours(2);
  static final int MOST = 10;

  /** Together, on the disk. The newest stays however large it is. */
  private static final long MOST_BYTES = 4L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(HeldComparisons.class);

  private final InstantSource clock;
  private final SequencedMap<UUID, HeldComparison> held = new LinkedHashMap<>();
  private final ScheduledExecutorService broom;

  HeldComparisons(InstantSource clock) {
    this.clock = clock;
    broom =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("held-comparisons").factory());
    broom.execute(HeldComparisons::removeLeftovers);
    var _ = broom.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
  }

  /** Copies of the database that a killed server left in the folder for temporary files. */
  private static void removeLeftovers() {
    try {
      ScratchFolder.removeLeftovers(Sides.temporary());
    } catch (IOException unreadable) {
      LOG.warn("The folder for temporary files cannot be read: {}", unreadable.getMessage());
    }
  }

  /** Holds a comparison, and lets go of older ones where there are too many. */
  void put(UUID id, HeldComparison comparison) {
    synchronized (held) {
      held.put(id, comparison);
    }
    sweep();
  }

  Optional<HeldComparison> find(UUID id) {
    synchronized (held) {
      return Optional.ofNullable(held.get(id))
          .filter(comparison -> comparison.until().isAfter(clock.instant()));
    }
  }

  /** Lets go of those whose time is over, and of the oldest where there are too many. */
  void sweep() {
    // Whoever reads one of them is waited for, and nobody else has to wait for that.
    dropped().forEach(HeldComparison::close);
  }

  private List<HeldComparison> dropped() {
    synchronized (held) {
      List<HeldComparison> dropped = new ArrayList<>();
      held.values()
          .removeIf(comparison -> {
            boolean over = !comparison.until().isAfter(clock.instant());
            if (over) {
              dropped.add(comparison);
            }
            return over;
          });
      while (held.size() > MOST || (held.size() > 1 && bytes() > MOST_BYTES)) {
        Map.Entry<UUID, HeldComparison> oldest = held.pollFirstEntry();
        dropped.add(oldest.getValue());
      }
      return dropped;
    }
  }

  private long bytes() {
    return held.values().stream().mapToLong(HeldComparison::bytes).sum();
  }

  @PreDestroy
  void stop() {
    broom.shutdownNow();
    List<HeldComparison> all;
    synchronized (held) {
      all = List.copyOf(held.values());
      held.clear();
    }
    all.forEach(HeldComparison::close);
  }
}
