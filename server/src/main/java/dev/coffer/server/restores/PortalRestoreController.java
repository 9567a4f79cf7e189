package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.Mode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The call by which the portal's pages have always restored: the whole backup, exactly. */
@RestController
@Tag(name = "Portal")
class PortalRestoreController {
  private final BackupFiles files;
  private final RestoreWork work;
  private final KeyCheck check;
  private final PlanWords words;
  private final JobRunner runner;

  PortalRestoreController(
      BackupFiles files, RestoreWork work, KeyCheck check, PlanWords words, JobRunner runner) {
    this.files = files;
    this.work = work;
    this.check = check;
    this.words = words;
    this.runner = runner;
  }

  /**
   * The body of a request for a restore.
   *
   * @param confirmationCode the database's name
   * @param identity opens passwords and bank details
   */
  record PortalRestore(
      @Nullable String backupFilename,
      @Nullable String confirmationCode,
      @Nullable String identity,
      @Nullable Boolean withoutKey) {}

  @PostMapping("/api/admin/restore")
  @Operation(
      summary = "Make the database exactly as a backup says",
      description = "Answers when it is done. The confirmation code is the database's name.")
  Map<String, Object> restore(@RequestBody PortalRestore body, Caller caller) {
    Backup backup = files.named(Objects.requireNonNullElse(body.backupFilename(), ""));
    RestoresApi.Keys keys =
        RestoresApi.keys(
            check,
            Optional.ofNullable(body.identity()).filter(text -> !text.isBlank()),
            Objects.requireNonNullElse(body.withoutKey(), false),
            backup.info().file());
    Restoration restoration =
        work.atOnce(
            new RestoreOrder.FromBackup(
                backup.name(), backup.info().file(), List.of(), List.of(), Mode.EXACT, keys.use()),
            keys.given(),
            Objects.requireNonNullElse(body.confirmationCode(), ""),
            caller);
    Job job = runner.await(restoration.course().job().flatMap(runner::find).orElseThrow());
    if (job.state() != JobState.DONE) {
      throw new CofferException(
          job.state() == JobState.CANCELLED ? ErrorCode.INTERRUPTED : ErrorCode.INTERNAL,
          job.outcome(),
          "");
    }
    return answer(restoration);
  }

  private Map<String, Object> answer(Restoration restoration) {
    RestoreAnswer.RestoreChanges changes =
        RestoreAnswer.changes(
            restoration.course().result().orElseThrow(), restoration.course(), words);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put(
        "message",
        changes.applied()
            ? "Restored: " + changes.summary() + "."
            : "There was nothing to do: the database holds what the backup says.");
    answer.put("backupFilename", restoration.order().subject());
    answer.put("database", work.databaseName());
    answer.put("restoreId", changes.restoreId());
    answer.put("safetyBackup", changes.safetyBackup());
    answer.put("applied", changes.applied());
    answer.put("readBack", changes.readBack());
    answer.put("tables", changes.tables());
    answer.put("needNewSecrets", changes.needNewSecrets());
    answer.put("needsAttention", changes.needsAttention());
    return answer;
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(CofferException failure) {
    return WrongName.orOther(failure);
  }
}
