package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.JobAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
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
  private static final int SIZE = 50;
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
  record Asked(
      @Schema(example = "comprehensive-backup-2026-01-23T02-00-04-512Z.json.zst")
          @Nullable String backup,
      @Nullable AskedWith with,
      @Schema(example = "[\"sales\"]") @Nullable List<String> tables) {}

  /** Either of them. */
  record AskedWith(
      @Schema(example = "null") @Nullable String backup,
      @Schema(example = "true") @Nullable Boolean live) {}

  /** A part of a list. */
  record Listed<T>(List<T> items, long total, long page, long pages) {}

  @PostMapping
  @Operation(summary = "Compare a backup with another one or with the live database")
  ResponseEntity<JobAnswer> begin(@RequestBody Asked asked, Caller caller) {
    return JobAnswer.accepted(work.begin(wanted(asked), caller.actor()).job());
  }

  private static Wanted wanted(Asked asked) {
    String backup = asked.backup();
    AskedWith with = asked.with();
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
  @Operation(summary = "The newest comparisons")
  Listed<ComparisonAnswer> list(@RequestParam(defaultValue = "1") int page) {
    long total = views.count();
    long pages = Math.max(1, (total + SIZE - 1) / SIZE);
    int shown = Math.clamp(page, 1, (int) pages);
    return new Listed<>(
        views.recent((shown - 1) * SIZE, SIZE).stream().map(ComparisonAnswer::of).toList(),
        total,
        shown,
        pages);
  }

  @GetMapping("/{id}")
  @Operation(summary = "What a comparison found: summary, tables, counts")
  ComparisonAnswer find(@PathVariable String id) {
    return ComparisonAnswer.of(views.find(id));
  }

  /** For two hours at most; then {@code COMPARISON_EXPIRED}, and one has to compare again. */
  @GetMapping("/{id}/changes")
  @Operation(summary = "The records of one table that differ")
  Listed<ChangeAnswer> changes(
      @PathVariable String id,
      @Schema(example = "sales") @RequestParam String table,
      @Schema(example = "removed") @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "1") int page,
      Caller caller) {
    if (!kind.isEmpty() && RecordQuery.kind(kind).isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE, "there is no such kind", "Use added, removed or changed.");
    }
    ComparisonView view = views.find(id);
    HeldComparison held = views.records(view);
    RecordPage records =
        held.page(new RecordQuery(table, RecordQuery.kind(kind), q.strip(), page, SIZE, LONGEST));
    looks.note(view, held, table, caller.actor());
    return new Listed<>(
        records.items().stream().map(ChangeAnswer::of).toList(),
        records.total(),
        records.page(),
        records.pages());
  }
}
