package dev.coffer.server.schedules;

import dev.coffer.model.BackupKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * A backup that is due again and again.
 *
 * @param name unique, for people and for the audit trail
 * @param reason of each of its backups
 * @param standing what has come of it so far
 */
public record Schedule(
    UUID id,
    String name,
    Cron cron,
    ZoneId zone,
    BackupKind kind,
    String reason,
    boolean paused,
    Standing standing) {

  /**
   * What has come of a schedule.
   *
   * @param next when it runs next; empty while it is paused
   * @param last when it ran last
   * @param good whether that run brought a backup that is whole
   * @param outcome of that run, for people
   * @param missed how many runs have fallen out since the last one in time
   * @param missedSince the first of these
   */
  public record Standing(
      Optional<Instant> next,
      Optional<Instant> last,
      boolean good,
      String outcome,
      int missed,
      Optional<Instant> missedSince) {
    public static final Standing NEW =
        new Standing(Optional.empty(), Optional.empty(), true, "", 0, Optional.empty());
  }

  /** When it is due after {@code instant}; empty while it is paused. */
  public Optional<Instant> nextAfter(Instant instant) {
    return paused ? Optional.empty() : cron.next(instant, zone);
  }

  /** How many more runs were due after {@code from} and until {@code to}, at most 1000. */
  public int due(Instant from, Instant to) {
    return cron.due(from, to, zone);
  }

  /** Every day at 02:00 Europe/London. */
  public String when() {
    String words = cron.words() + " " + zone.getId();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  public String kindWords() {
    return switch (kind) {
      case COMPREHENSIVE -> "Everything";
      case DATABASE -> "Database";
      case SALES -> "Sales only";
    };
  }
}
