package dev.coffer.restore.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.Column;
import dev.coffer.model.ValueKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {
  private static final Column NUMBER =
      new Column("rate", "rate", "numeric", ValueKind.NUMBER, true, false, Column.Generation.NONE);

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.5",
    "100, 100",
    "1e2, 100",
    "0.000, 0",
    "-0.0, 0",
    "NaN, NaN",
    "Infinity, Infinity",
    // The next two would be texts of a gigabyte.
    "1e999999999, 1e999999999",
    "1e-999999999, 1e-999999999",
    "1e99999999999, 1e99999999999",
  })
  void numbersThatAreEqualHaveOneText(String text, String canonical) {
    assertThat(KeyText.canonical(NUMBER, text)).isEqualTo(canonical);
  }
}
