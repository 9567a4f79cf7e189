package dev.coffer.server.schedules.work;

import dev.coffer.model.BackupKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A schedule as a program wants it. */
record ScheduleRequest(
    @Schema(description = "1 to 100 characters, of no other schedule", example = "Every night")
        @Nullable String name,
    @Schema(
            description = "Minute, hour, day of the month, month, day of the week",
            example = "0 2 * * *")
        @Nullable String cron,
    @Schema(description = "UTC unless it says otherwise", example = "Europe/London")
        @Nullable String zone,
    @Schema(
            allowableValues = {"comprehensive", "database", "sales"},
            example = "comprehensive")
        @Nullable String kind,
    @Schema(example = "Every night") @Nullable String reason,
    @Schema(example = "false") @Nullable Boolean paused) {

  ScheduleForm form() {
    return new ScheduleForm(
        Objects.requireNonNullElse(name, ""),
        Objects.requireNonNullElse(cron, ""),
        Objects.requireNonNullElse(zone, "UTC"),
        Objects.requireNonNullElse(kind, BackupKind.COMPREHENSIVE.word()),
        Objects.requireNonNullElse(reason, ""));
  }

  boolean isPaused() {
    return Boolean.TRUE.equals(paused);
  }
}
