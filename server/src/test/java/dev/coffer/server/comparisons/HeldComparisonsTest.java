package dev.coffer.server.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldComparisonsTest {
  private static final Instant START = Instant.parse("2026-01-23T02:00:00Z");

  private volatile Instant now = START;
  private final HeldComparisons held = new HeldComparisons(() -> now);

  @AfterEach
  void stop() {
    held.stop();
  }

  private HeldComparison some() {
    return new HeldComparison(
        new ChangeLog(),
        new ComparisonResult(List.of(), List.of(), List.of(), List.of()),
        now.plus(HeldComparisons.HELD));
  }

  private static void assertClosed(HeldComparison comparison) {
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(
            () -> comparison.page(new RecordQuery("sales", Optional.empty(), "", 1, 25, 100)))
        .matches(failure -> failure.code() == ErrorCode.COMPARISON_EXPIRED);
  }

  @Test
  void areLetGoAfterTwoHours() {
    UUID id = UUID.randomUUID();
    HeldComparison comparison = some();
    held.put(id, comparison);
    now = START.plus(HeldComparisons.HELD).minusMillis(1);
    held.sweep();
    assertThat(held.find(id)).contains(comparison);

    now = START.plus(HeldComparisons.HELD);
    assertThat(held.find(id)).isEmpty();
    held.sweep();
    assertClosed(comparison);
  }

  @Test
  void areTheNewestTen() {
    List<UUID> ids = new ArrayList<>();
    List<HeldComparison> all = new ArrayList<>();
    for (int i = 0; i <= HeldComparisons.MOST; i++) {
      ids.add(UUID.randomUUID());
      all.add(some());
      held.put(ids.getLast(), all.getLast());
    }

    assertThat(held.find(ids.getFirst())).isEmpty();
    assertClosed(all.getFirst());
    assertThat(ids.subList(1, ids.size())).allMatch(id -> held.find(id).isPresent());
  }

  @Test
  void areClosedWithTheServer() {
    HeldComparison comparison = some();
    held.put(UUID.randomUUID(), comparison);

    held.stop();

    assertClosed(comparison);
  }
}
