package dev.coffer.server.schedules.work;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * What a cron expression means.
 *
 * @param next at most three times; none where it names a day that never comes
 */
record SchedulePreviewAnswer(
    @Schema(example = "Every day at 02:00 Europe/London") String words, List<Instant> next) {}
