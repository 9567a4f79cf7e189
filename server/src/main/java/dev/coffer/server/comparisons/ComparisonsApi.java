package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.JobAnswer;
import dev.coffer.server.web.ListAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons for programs. */
@RestController
@RequestMapping("/api/v1/comparisons")
@Tag(name = "Comparisons", description = "What differs between a backup and another, or live")
class ComparisonsApi {
  private static final int LONGEST = 100_000;

  private final ComparisonWork work;
  private final ComparisonViews views;
  private final RecordLooks looks;

  ComparisonsApi(ComparisonWork work, ComparisonViews views, RecordLooks looks) {
    this.work = work;
    this.views = views;
    this.looks = looks;
  }

  /**
   * What is asked for.
   *
   * @param tables logical names; all where it is missing or empty
   */
  record NewComparison(
      @Schema(example = "comprehensive-backup-2026-01-23T02-00-04-512Z.json.zst")
          @Nullable String backup,
      @Nullable NewComparisonWith with,
      @Schema(example = "[\"sales\"]") @Nullable List<String> tables) {}

  /** Either of them. */
  record NewComparisonWith(
      @Schema(example = "null") @Nullable String backup,
      @Schema(example = "true") @Nullable Boolean live) {}

  @PostMapping
  @Operation(
      operationId = "compare",
      summary = "Compares a backup with another one, or with the live database",
      description = "The job's subject is the comparison's id.")
  @ApiResponse(responseCode = "202", description = "Taken on: follow the job")
  ResponseEntity<JobAnswer> begin(@RequestBody NewComparison asked, Caller caller) {
    return JobAnswer.accepted(work.begin(wanted(asked), caller.actor()).job());
  }

  private static Wanted wanted(NewComparison asked) {
    String backup = asked.backup();
    NewComparisonWith with = asked.with();
    if (backup == null || with == null) {
      throw unclear();
    }
    Optional<String> other = Optional.ofNullable(with.backup());
    boolean live = Boolean.TRUE.equals(with.live());
    if (live == other.isPresent()) {
      throw unclear();
    }
    List<String> tables = asked.tables();
    return new Wanted(backup, other, tables == null ? List.of() : tables);
  }

  private static CofferException unclear() {
    return new CofferException(
        ErrorCode.USAGE,
        "the body does not say what is to be compared with what",
        "{\"backup\": NAME, \"with\": {\"backup\": NAME}} or \"with\": {\"live\": true}");
  }

  @GetMapping
  @Operation(operationId = "listComparisons", summary = "The comparisons, the newest first")
  ListAnswer<ComparisonAnswer> list(
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    long total = views.count();
    ListAnswer.Part part = new ListAnswer.Part(page, size).within(total);
    return ListAnswer.of(
        views.recent(part.offset(), part.size()).stream().map(ComparisonAnswer::of).toList(),
        total,
        part);
  }

  @GetMapping("/{id}")
  @Operation(
      operationId = "getComparison",
      summary = "What a comparison found: summary, tables, counts")
  ComparisonAnswer find(@PathVariable String id) {
    return ComparisonAnswer.of(views.find(id));
  }

  @GetMapping("/{id}/changes")
  @Operation(
      operationId = "listChanges",
      summary = "The records of one table that differ",
      description = "For two hours at most; then compare again.")
  @ApiResponse(responseCode = "200", description = "A page of them")
  @ApiResponse(responseCode = "410", description = "They are not held any more")
  ListAnswer<ChangeAnswer> changes(
      @PathVariable String id,
      @Parameter(example = "sales") @RequestParam String table,
      @Parameter(description = "added, removed or changed; all where it is missing")
          @RequestParam(defaultValue = "")
          String kind,
      @Parameter(description = "A part of what tells records apart")
          @RequestParam(defaultValue = "")
          String q,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size,
      Caller caller) {
    if (!kind.isEmpty() && RecordQuery.kind(kind).isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE, "there is no such kind", "Use added, removed or changed.");
    }
    ListAnswer.Part part = new ListAnswer.Part(page, size);
    ComparisonView view = views.find(id);
    HeldComparison held = views.records(view);
    RecordPage records =
        held.page(
            new RecordQuery(
                table, RecordQuery.kind(kind), q.strip(), part.page(), part.size(), LONGEST));
    looks.note(view, held, table, caller.actor());
    return new ListAnswer<>(
        records.items().stream().map(ChangeAnswer::of).toList(),
        records.total(),
        (int) records.page(),
        (int) records.pages());
  }
}
