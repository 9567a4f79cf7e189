package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.Identity;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobAnswer;
import dev.coffer.server.jobs.JobRunner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Restores for programs: a plan first, then its confirmation, then what came of it. */
@RestController
@RequestMapping("/api/v1/restores")
@Tag(name = "Restores", description = "Put the protected database back, and take that back.")
class RestoresApi {
  private final BackupFiles files;
  private final RestoreWork work;
  private final RestoreEngine engine;
  private final Restorations restorations;
  private final PastRestores past;
  private final KeyCheck check;
  private final PlanWords words;
  private final JobRunner runner;

  RestoresApi(
      BackupFiles files,
      RestoreWork work,
      RestoreEngine engine,
      Restorations restorations,
      PastRestores past,
      KeyCheck check,
      PlanWords words,
      JobRunner runner) {
    this.files = files;
    this.work = work;
    this.engine = engine;
    this.restorations = restorations;
    this.past = past;
    this.check = check;
    this.words = words;
    this.runner = runner;
  }

  /** A page of past restores. */
  record RestoresPage(List<PastAnswer> items, int total, int page, int pages) {}

  /** The database's name, for what changes it. */
  record RestoreConfirmation(@Schema(example = "portal") @Nullable String confirm) {
    String typed() {
      return Objects.requireNonNullElse(confirm, "");
    }
  }

  /** What to undo with; without {@code confirm} it is a plan alone. */
  record RestoreUndo(
      @Schema(example = "portal") @Nullable String confirm,
      @Nullable String identity,
      @Nullable Boolean withoutKey) {}

  @GetMapping
  @Operation(summary = "List what was restored and undone, the newest first")
  RestoresPage list(
      @RequestParam(defaultValue = "1") int page, @RequestParam(defaultValue = "50") int size) {
    List<PastAnswer> all = past.all().items().stream().map(PastAnswer::of).toList();
    int each = Math.clamp(size, 1, 500);
    int pages = Math.max(1, (all.size() + each - 1) / each);
    int shown = Math.clamp(page, 1, pages);
    int from = (shown - 1) * each;
    return new RestoresPage(
        all.subList(from, Math.min(from + each, all.size())), all.size(), shown, pages);
  }

  @PostMapping
  @Operation(
      summary = "Plan a restore; nothing is changed unless dryRun is false and confirm fits",
      description = "The job's subject is the plan's id: GET /api/v1/restores/{id} tells the plan.")
  @ApiResponse(responseCode = "202", description = "The job that plans or restores")
  ResponseEntity<JobAnswer> create(@RequestBody RestoreBody body, Caller caller) {
    Backup backup = files.named(body.name());
    Path file = backup.info().file();
    RestoreOrder order = body.order(backup, KeyUse.WITHOUT);
    Keys keys = keys(body.key(), body.goesWithoutKey(), file);
    order = order.with(keys.use());
    return accepted(
        body.planOnly()
            ? work.plan(order, keys.given(), caller)
            : work.atOnce(order, keys.given(), body.typed(), caller));
  }

  /** Which key a request comes with. */
  record Keys(KeyUse use, List<Identity> given) {}

  private Keys keys(Optional<String> identity, boolean without, Path file) {
    return keys(check, identity, without, file);
  }

  /**
   * The key that was sent; else none, if that was said; else the one that lies on this server.
   *
   * @throws CofferException {@code KEY_INVALID}, {@code KEY_DOES_NOT_OPEN}
   */
  static Keys keys(KeyCheck check, Optional<String> identity, boolean without, Path file) {
    if (identity.isPresent()) {
      return new Keys(KeyUse.GIVEN, check.given(identity.get(), file));
    }
    return new Keys(without ? KeyUse.WITHOUT : KeyUse.SERVER, List.of());
  }

  @GetMapping("/{id}")
  @Operation(summary = "A plan and how far it is, or a restore of the past")
  Object one(@PathVariable String id) {
    return id.startsWith("R-")
        ? PastAnswer.of(past.find(id))
        : RestoreAnswer.of(restorations.find(id), work.databaseName(), words);
  }

  @PostMapping("/{id}/confirm")
  @Operation(summary = "Apply a plan, if the database is still as it was when it was made")
  @ApiResponse(responseCode = "202", description = "The job that restores")
  ResponseEntity<JobAnswer> confirm(
      @PathVariable String id, @RequestBody RestoreConfirmation body, Caller caller) {
    Restoration restoration = restorations.find(id);
    work.confirm(restoration, body.typed(), caller);
    return accepted(restoration);
  }

  @PostMapping("/{id}/undo")
  @Operation(summary = "Undo a restore; without confirm only a plan for that is made")
  @ApiResponse(responseCode = "202", description = "The job that plans or undoes")
  ResponseEntity<JobAnswer> undo(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable RestoreUndo body,
      Caller caller) {
    String restoreId = id.startsWith("R-") ? id : done(restorations.find(id));
    RestoreUndo given = body == null ? new RestoreUndo(null, null, null) : body;
    Path safety = engine.safetyOf(restoreId);
    Keys keys =
        keys(
            Optional.ofNullable(given.identity()).filter(text -> !text.isBlank()),
            Objects.requireNonNullElse(given.withoutKey(), false),
            safety);
    RestoreOrder order = new RestoreOrder.TakeBack(restoreId, keys.use());
    return accepted(
        given.confirm() == null
            ? work.plan(order, keys.given(), caller)
            : work.atOnce(order, keys.given(), given.confirm(), caller));
  }

  private static String done(Restoration restoration) {
    return restoration
        .course()
        .result()
        .flatMap(result -> result.restoreId())
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.RESTORE_NOT_FOUND, "nothing was changed that could be undone", ""));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Cancel what is under way, and forget the key; what is done stays")
  @ApiResponse(responseCode = "204", description = "It is cancelled, or was over")
  void cancel(@PathVariable String id) {
    work.cancel(restorations.find(id));
  }

  private ResponseEntity<JobAnswer> accepted(Restoration restoration) {
    Job job = restoration.course().job().flatMap(runner::find).orElseThrow();
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/" + job.id()))
        .header(HttpHeaders.LINK, "</api/v1/restores/" + restoration.id() + ">; rel=\"related\"")
        .body(JobAnswer.of(job, runner.reading(job.id())));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(CofferException failure) {
    return WrongName.orOther(failure);
  }
}
