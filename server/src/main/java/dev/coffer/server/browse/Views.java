package dev.coffer.server.browse;

import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Writes down who looked into which table of which backup: once in ten minutes, so that the trail
 * tells it and is not drowned by it. Which rows, and what was searched for, it does not say: these
 * are values.
 */
@Component
class Views {
  private static final Duration ONCE_IN = Duration.ofMinutes(10);
  private static final int MANY = 10_000;

  private final AuditTrail audit;
  private final InstantSource clock;
  private final Map<View, Instant> written = new ConcurrentHashMap<>();

  private record View(String person, String backup, String table) {}

  Views(AuditTrail audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void add(Caller caller, String backup, String table) {
    Instant now = clock.instant();
    boolean[] due = {false};
    written.compute(
        new View(caller.actor().name(), backup, table),
        (view, last) -> {
          due[0] = last == null || !now.isBefore(last.plus(ONCE_IN));
          return due[0] ? now : last;
        });
    if (due[0]) {
      audit.append(
          caller.actor(), Action.RECORDS_VIEWED, backup, "", Outcome.DONE, "table " + table);
    }
    if (written.size() > MANY) {
      written.values().removeIf(last -> !now.isBefore(last.plus(ONCE_IN)));
    }
  }
}
