package dev.coffer.server.backups;

import dev.coffer.model.BackupKind;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.JobAnswer;
import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups: what there is, what is known of each, new ones, and what may be done with them. */
@RestController
@RequestMapping("/api/v1/backups")
@Tag(name = "Backups", description = "What there is, new ones, and what may be done with them")
class BackupsApi {
  private final BackupFiles files;
  private final BackupWork work;
  private final ProofWork proofWork;
  private final Proofs proofs;
  private final BackupKeeping keeping;

  BackupsApi(
      BackupFiles files,
      BackupWork work,
      ProofWork proofWork,
      Proofs proofs,
      BackupKeeping keeping) {
    this.files = files;
    this.work = work;
    this.proofWork = proofWork;
    this.proofs = proofs;
    this.keeping = keeping;
  }

  /**
   * What to back up, and why.
   *
   * @param kind everything unless it says otherwise
   */
  record NewBackup(
      @Schema(
              allowableValues = {"comprehensive", "database", "sales"},
              example = "comprehensive")
          @Nullable String kind,
      @Schema(
              description = "1 to 500 characters, on one line; kinds but 'comprehensive' need none",
              example = "Before the upgrade")
          @Nullable String reason) {
    BackupKind backupKind() {
      return BackupKind.of(Objects.requireNonNullElse(kind, BackupKind.COMPREHENSIVE.word()))
          .orElseThrow(() ->
              Refused.invalid(
                  "there is no such kind of backup", "Use comprehensive, database or sales."));
    }

    String reasonOrEmpty() {
      return Objects.requireNonNullElse(reason, "");
    }
  }

  /** Whether a backup is never to be deleted. */
  record Keep(@Schema(example = "true") @Nullable Boolean keep) {}

  @GetMapping
  @Operation(operationId = "listBackups", summary = "The backups, the newest first")
  ListAnswer<BackupAnswer> list(
      @Parameter(description = "In name, reason and who, in any case")
          @RequestParam(defaultValue = "")
          String q,
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {"comprehensive", "database", "sales", "sql", "unknown"}))
          @RequestParam(defaultValue = "")
          String kind,
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {
                        "proven",
                        "verified",
                        "unverified",
                        "encrypted",
                        "legacy",
                        "corrupted"
                      }))
          @RequestParam(defaultValue = "")
          String state,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    List<Backup> fitting = new History.Filter(q, kind, standing(state)).of(files.all());
    return ListAnswer.cut(fitting, new ListAnswer.Part(page, size), BackupAnswer::of);
  }

  private static String standing(String word) {
    if (word.isEmpty()) {
      return "";
    }
    return Arrays.stream(Standing.values())
        .filter(standing -> standing.word().equals(word))
        .findFirst()
        .map(Standing::name)
        .orElseThrow(() ->
            Refused.invalid(
                "there is no such state of a backup",
                "Use proven, verified, unverified, encrypted, legacy or corrupted."));
  }

  @PostMapping
  @Operation(
      operationId = "createBackup",
      summary = "Makes a backup",
      description =
          "It is checked when it is written, and then restored on trial by a job of its" + " own.")
  @ApiResponse(responseCode = "202", description = "The job that makes it")
  ResponseEntity<JobAnswer> create(@RequestBody NewBackup wanted, Caller caller) {
    return JobAnswer.accepted(
        work.take(wanted.backupKind(), wanted.reasonOrEmpty(), caller.actor()));
  }

  @GetMapping("/{name}")
  @Operation(operationId = "getBackup", summary = "All about one backup")
  BackupDetails one(@PathVariable String name) {
    Backup backup = files.named(name);
    return BackupDetails.of(backup, proofs.notProven(backup));
  }

  @PostMapping("/{name}/verify")
  @Operation(operationId = "verifyBackup", summary = "Reads and checks every part of a backup")
  @ApiResponse(responseCode = "202", description = "The job that checks it")
  ResponseEntity<JobAnswer> verify(@PathVariable String name, Caller caller) {
    return JobAnswer.accepted(work.verifyOnce(files.named(name), caller.actor()));
  }

  @PostMapping("/{name}/prove")
  @Operation(
      operationId = "proveBackup",
      summary = "Restores a backup on trial",
      description = "Where that is under way already, the answer is the job that does it.")
  @ApiResponse(responseCode = "202", description = "The job that tries it")
  ResponseEntity<JobAnswer> prove(@PathVariable String name, Caller caller) {
    return JobAnswer.accepted(proofWork.proveOnce(files.named(name), caller.actor()));
  }

  @PutMapping("/{name}/keep")
  @Operation(
      operationId = "keepBackup",
      summary = "Says whether a backup is never to be deleted, by anybody or any rule")
  BackupAnswer keep(@PathVariable String name, @RequestBody Keep wanted, Caller caller) {
    Boolean keep = wanted.keep();
    if (keep == null) {
      throw Refused.invalid("the field keep lacks", "Send {\"keep\": true} or false.");
    }
    Backup backup = files.named(name);
    if (backup.kept() != keep) {
      keeping.keep(backup, keep, caller.actor());
    }
    return BackupAnswer.of(files.named(name));
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "deleteBackup", summary = "Deletes a backup for good")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @ApiResponse(responseCode = "409", description = "It is marked to be kept, or in use")
  void delete(
      @PathVariable String name,
      @Parameter(description = "1 to 500 characters, on one line", example = "Was a trial")
          @RequestParam(defaultValue = "")
          String reason,
      Caller caller) {
    keeping.delete(files.named(name), reason, caller.actor());
  }
}
