package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The restores that this server has planned since it was started, for a day each. */
@Component
class Restorations {
  private static final int MOST = 100;
  private static final Duration LASTS = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<UUID, Restoration> known = new ConcurrentHashMap<>();

  Restorations(InstantSource clock) {
    this.clock = clock;
  }

  void add(Restoration restoration) {
    known.put(restoration.id(), restoration);
    Instant limit = clock.instant().minus(LASTS);
    List<Restoration> over =
        new ArrayList<>(
            known.values().stream()
                .filter(one -> !one.course().state().moving())
                .sorted(Comparator.comparing(Restoration::createdAt))
                .toList());
    int tooMany = known.size() - MOST;
    for (int at = 0; at < over.size(); at++) {
      if (at < tooMany || over.get(at).createdAt().isBefore(limit)) {
        known.remove(over.get(at).id());
      }
    }
  }

  void remove(UUID id) {
    known.remove(id);
  }

  /**
   * One by its id.
   *
   * @throws CofferException {@code RESTORE_NOT_FOUND}
   */
  Restoration find(String id) {
    return parsed(id)
        .flatMap(key -> Optional.ofNullable(known.get(key)))
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.RESTORE_NOT_FOUND,
                "this server has no such plan, or none any more",
                "A plan is kept for a day, and until the server stops. The list of restores says"
                    + " what was done."));
  }

  private static Optional<UUID> parsed(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  List<Restoration> all() {
    return List.copyOf(known.values());
  }

  /** The one by which the database is being changed now. */
  Optional<Restoration> applying() {
    return known.values().stream()
        .filter(one -> one.course().state() == Restoration.State.APPLYING)
        .findFirst();
  }
}
