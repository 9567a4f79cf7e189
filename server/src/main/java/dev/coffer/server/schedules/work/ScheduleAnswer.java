package dev.coffer.server.schedules.work;

import dev.coffer.server.schedules.Schedule;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A schedule as programs see it.
 *
 * @param words when it is due
 * @param next empty while it is paused
 * @param last when it ran last
 * @param lastGood whether that run brought a backup that is whole
 * @param lastOutcome of that run, for people
 * @param missed how many runs have fallen out since the last one in time
 * @param attention what somebody should know of it
 */
record ScheduleAnswer(
    UUID id,
    @Schema(example = "Every night") String name,
    @Schema(example = "0 2 * * *") String cron,
    @Schema(example = "Europe/London") String zone,
    @Schema(example = "comprehensive") String kind,
    @Schema(example = "Every night") String reason,
    boolean paused,
    @Schema(example = "Every day at 02:00 Europe/London") String words,
    Optional<Instant> next,
    Optional<Instant> last,
    boolean lastGood,
    String lastOutcome,
    @Schema(example = "0") int missed,
    Optional<Instant> missedSince,
    List<String> attention) {

  static ScheduleAnswer of(Schedule schedule, List<String> attention) {
    Schedule.Standing standing = schedule.standing();
    return new ScheduleAnswer(
        schedule.id(),
        schedule.name(),
        schedule.cron().toString(),
        schedule.zone().getId(),
        schedule.kind().word(),
        schedule.reason(),
        schedule.paused(),
        schedule.when(),
        standing.next(),
        standing.last(),
        standing.good(),
        standing.outcome(),
        standing.missed(),
        standing.missedSince(),
        attention);
  }
}
