package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.BackupJson;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The interface that the portal's pages have called since before Coffer: the same paths and fields,
 * and more fields.
 */
@RestController
@Tag(name = "Portal", description = "The calls that the portal's pages make")
class PortalController {
  private static final String COMPREHENSIVE = BackupKind.COMPREHENSIVE.word();

  private final BackupFiles files;
  private final BackupWork work;
  private final JobRunner runner;

  PortalController(BackupFiles files, BackupWork work, JobRunner runner) {
    this.files = files;
    this.work = work;
    this.runner = runner;
  }

  /** The body of a request for a backup. */
  record Request(@Schema(example = "Before major update") @Nullable String reason) {
    String reasonOrEmpty() {
      return Objects.requireNonNullElse(reason, "");
    }
  }

  @PostMapping("/api/admin/comprehensive-backup")
  @Operation(
      operationId = "portalCreateBackup",
      summary = "Makes a comprehensive backup, and answers when it is done")
  @ApiResponse(
      responseCode = "200",
      description = "The backup",
      content = @Content(schema = @Schema(implementation = PortalDescription.Created.class)))
  Map<String, Object> create(@RequestBody Request request, Caller caller) {
    Job job =
        finished(work.take(BackupKind.COMPREHENSIVE, request.reasonOrEmpty(), caller.actor()));
    Map<String, Object> answer = success();
    answer.putAll(BackupJson.taken(files.named(job.subject()).info()));
    return answer;
  }

  /** A plain SQL script, without what is sealed, and the backup that it is made from. */
  @PostMapping("/api/admin/create-backup")
  @Operation(
      operationId = "portalCreateSql",
      summary = "Makes a backup and a plain SQL script from it, and answers when that is done")
  @ApiResponse(
      responseCode = "200",
      description = "The script",
      content = @Content(schema = @Schema(implementation = PortalDescription.Script.class)))
  Map<String, Object> createSql(
      @RequestBody(required = false) @Nullable Request request, Caller caller) {
    String reason = request == null ? "" : request.reasonOrEmpty();
    Job job = finished(work.takeAsSql(reason, caller.actor()));
    BackupInfo script = files.named(job.subject()).info();
    Map<String, Object> answer = success();
    answer.put("message", "The SQL was written. Passwords and bank details are not in it.");
    answer.put("backupFileName", job.subject());
    answer.put("backupPath", script.file().toAbsolutePath().normalize().toString());
    answer.put("fileSize", BackupJson.megabytes(script.fileSize()));
    answer.put("timestamp", BackupJson.stamp(script.timestamp()));
    return answer;
  }

  private Job finished(Job begun) {
    Job job = runner.await(begun);
    if (job.state() != JobState.DONE) {
      throw new CofferException(
          job.state() == JobState.CANCELLED ? ErrorCode.INTERRUPTED : ErrorCode.INTERNAL,
          job.outcome(),
          "");
    }
    return job;
  }

  private static Map<String, Object> success() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    return answer;
  }

  @GetMapping("/api/admin/comprehensive-backup")
  @Operation(
      operationId = "portalListBackups",
      summary = "The comprehensive backups, the newest first")
  @ApiResponse(
      responseCode = "200",
      description = "The list",
      content = @Content(schema = @Schema(implementation = PortalDescription.Listing.class)))
  Map<String, Object> comprehensive() {
    return listing(info -> info.kind().equals(COMPREHENSIVE));
  }

  /** All other backups: those of the earlier systems, and Coffer's own of other kinds. */
  @GetMapping("/api/admin/backups")
  @Operation(
      operationId = "portalListOthers",
      summary = "All other backups: of the earlier systems, and of other kinds")
  @ApiResponse(
      responseCode = "200",
      description = "The list",
      content = @Content(schema = @Schema(implementation = PortalDescription.Listing.class)))
  Map<String, Object> others() {
    return listing(info -> !info.kind().equals(COMPREHENSIVE));
  }

  private Map<String, Object> listing(Predicate<BackupInfo> wanted) {
    List<Map<String, Object>> entries =
        files.all().stream()
            .filter(backup -> wanted.test(backup.info()))
            .map(PortalController::entry)
            .toList();
    Map<String, Object> answer = success();
    answer.put("count", entries.size());
    answer.put("backups", entries);
    return answer;
  }

  private static Map<String, Object> entry(Backup backup) {
    Map<String, Object> entry = BackupJson.entry(backup.info());
    entry.put("filename", backup.name());
    entry.put("state", backup.standing().word());
    if (backup.standing() == Standing.CORRUPTED) {
      entry.put("corrupted", true);
    }
    entry.put("kept", backup.kept());
    return entry;
  }
}
