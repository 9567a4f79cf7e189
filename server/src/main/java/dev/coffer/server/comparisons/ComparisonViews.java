package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.jobs.JobRunner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds comparisons, and how far they are. */
@Component
class ComparisonViews {
  private final Comparisons comparisons;
  private final HeldComparisons held;
  private final JobRunner runner;

  ComparisonViews(Comparisons comparisons, HeldComparisons held, JobRunner runner) {
    this.comparisons = comparisons;
    this.held = held;
    this.runner = runner;
  }

  /**
   * The comparison of that id.
   *
   * @throws CofferException {@code COMPARISON_NOT_FOUND}
   */
  ComparisonView find(String id) {
    return Comparisons.id(id)
        .flatMap(comparisons::find)
        .map(this::view)
        .orElseThrow(ComparisonViews::none);
  }

  private static CofferException none() {
    return new CofferException(
        ErrorCode.COMPARISON_NOT_FOUND, "there is no such comparison", "Compare again.");
  }

  private ComparisonView view(Comparing comparing) {
    return new ComparisonView(
        comparing,
        comparing.job().flatMap(runner::find),
        comparing.job().flatMap(runner::reading),
        held.find(comparing.id()).map(HeldComparison::until));
  }

  /** The newest first. */
  List<ComparisonView> recent(int skip, int limit) {
    return comparisons.recent(skip, limit).stream().map(this::view).toList();
  }

  long count() {
    return comparisons.count();
  }

  /** Ends the work on a comparison; one that is over stays as it is. */
  void cancel(ComparisonView view) {
    view.comparing().job().ifPresent(runner::cancel);
  }

  /**
   * The records of a comparison.
   *
   * @throws CofferException {@code COMPARISON_EXPIRED}
   */
  HeldComparison records(ComparisonView view) {
    return held.find(view.comparing().id()).orElseThrow(HeldComparison::expired);
  }
}
