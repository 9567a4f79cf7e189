package dev.coffer.server.schedules.work;

import dev.coffer.backup.Reasons;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupKind;
import dev.coffer.server.schedules.Cron;
import dev.coffer.server.schedules.Schedule;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A schedule as somebody typed it. */
public record ScheduleForm(String name, String cron, String zone, String kind, String reason) {
  /** What a request does not name is empty. */
  public ScheduleForm(
      @Nullable String name,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable String kind,
      @Nullable String reason) {
    this.name = Objects.requireNonNullElse(name, "");
    this.cron = Objects.requireNonNullElse(cron, "");
    this.zone = Objects.requireNonNullElse(zone, "");
    this.kind = Objects.requireNonNullElse(kind, "");
    this.reason = Objects.requireNonNullElse(reason, "");
  }

  private static final Pattern NAME = Pattern.compile("[^\\p{C}]{1,100}");
  private static final Pattern REGION =
      Pattern.compile(
          "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*|UTC");

  /** The zones that a page offers. */
  static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(id -> REGION.matcher(id).matches())
          .sorted()
          .toList();

  static ScheduleForm empty() {
    return new ScheduleForm("", "0 2 * * *", ownZone(), "comprehensive", "");
  }

  static ScheduleForm of(Schedule schedule) {
    return new ScheduleForm(
        schedule.name(),
        schedule.cron().toString(),
        schedule.zone().getId(),
        schedule.kind().word(),
        schedule.reason());
  }

  /** This server's, where it is one that has a place in the world. */
  static String ownZone() {
    String own = ZoneId.systemDefault().getId();
    return ZONES.contains(own) ? own : "UTC";
  }

  /**
   * A zone by its name.
   *
   * @throws IllegalArgumentException for people
   */
  static ZoneId zone(String name) {
    if (!ZONES.contains(name)) {
      throw new IllegalArgumentException("choose a time zone from the list");
    }
    return ZoneId.of(name);
  }

  /**
   * The schedule that is meant.
   *
   * @throws IllegalArgumentException what is wrong with it, for people
   */
  Schedule schedule(UUID id, boolean paused) {
    String title = name.strip();
    if (!NAME.matcher(title).matches()) {
      throw new IllegalArgumentException("give it a name of 1 to 100 characters");
    }
    Optional<BackupKind> known = BackupKind.of(kind);
    if (known.isEmpty()) {
      throw new IllegalArgumentException("choose what to back up");
    }
    return new Schedule(
        id,
        title,
        Cron.parse(cron),
        zone(zone),
        known.get(),
        checkedReason(known.get()),
        paused,
        Schedule.Standing.NEW);
  }

  private String checkedReason(BackupKind known) {
    try {
      return Reasons.check(known, reason);
    } catch (CofferException wrong) {
      throw new IllegalArgumentException(
          "say in a sentence why these backups are made: 1 to 500 characters, on one line", wrong);
    }
  }
}
