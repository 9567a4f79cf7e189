package dev.coffer.server.restores;

import dev.coffer.seal.Identity;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Keys that people gave for one restore each. They are in memory alone, for a quarter of an hour at
 * most, and no log, no page and no job tells them.
 */
@Component
class HeldKeys {
  static final Duration LASTS = Duration.ofMinutes(15);
  private static final long EVERY_SECONDS = 20;

  private final InstantSource clock;
  private final Map<UUID, Held> held = new ConcurrentHashMap<>();
  private final ScheduledExecutorService broom =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("held-keys").factory());

  private record Held(List<Identity> identities, Instant until) {}

  HeldKeys(InstantSource clock) {
    this.clock = clock;
    var _ =
        broom.scheduleWithFixedDelay(this::sweep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  void hold(UUID restoration, List<Identity> identities) {
    held.put(restoration, new Held(List.copyOf(identities), clock.instant().plus(LASTS)));
  }

  /** The keys given for a restore; empty once they are forgotten. */
  Optional<List<Identity>> of(UUID restoration) {
    sweep();
    return Optional.ofNullable(held.get(restoration)).map(Held::identities);
  }

  void forget(UUID restoration) {
    held.remove(restoration);
  }

  private void sweep() {
    Instant now = clock.instant();
    held.values().removeIf(one -> !one.until().isAfter(now));
  }

  @PreDestroy
  void stop() {
    broom.shutdownNow();
    held.clear();
  }
}
