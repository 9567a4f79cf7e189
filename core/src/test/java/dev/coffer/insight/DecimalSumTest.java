package dev.coffer.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalSumTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "12, 12, 1",
    "-12.50, -12.5, 1",
    "1.500000000000000000000000000000, 1.5, 1",
    "1e+20, 100000000000000000000, 1",
    "1.5e-07, 0.00000015, 1",
    "100, 100, 1",
    "999999999999999999, 999999999999999999, 1",
    "12345678901234567890.12345678901234567890, 12345678901234567890.1234567890123456789, 1",
    "0.0000000000000000000000001, 0.0000000000000000000000001, 1",
    "NaN, 0, 0",
    "Infinity, 0, 0",
    "-Infinity, 0, 0"
  })
  void readsWhatPostgresWrites(String text, String sum, long numbers) {
    DecimalSum total = sum(text);
    assertThat(total.total()).isEqualTo(new BigDecimal(sum));
    assertThat(total.numbers()).isEqualTo(numbers);
  }

  @Test
  void neverOverflows() {
    DecimalSum total = new DecimalSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int at = 0; at < 40; at++) {
      total.merge(sum("999999999999999999"));
      total.add(new TextRow("-99999999999999999.9"), 0);
      expected = expected.add(new BigDecimal("899999999999999999.1"));
    }
    assertThat(total.total()).isEqualByComparingTo(expected);
  }

  @Test
  void isExact() {
    Random random = new Random(11);
    DecimalSum total = new DecimalSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int at = 0; at < 5_000; at++) {
      BigDecimal number = BigDecimal.valueOf(random.nextLong(), random.nextInt(25));
      String text = number.toPlainString();
      total.add(new TextRow(text), 0);
      expected = expected.add(number);
    }
    assertThat(total.total()).isEqualByComparingTo(expected);
  }

  private static DecimalSum sum(String text) {
    DecimalSum sum = new DecimalSum();
    sum.add(new TextRow(text), 0);
    return sum;
  }
}
