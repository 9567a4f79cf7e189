package dev.coffer.server.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule is due, and how it is said. */
class CronTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private static List<String> next(String cron, String after, int count) {
    List<String> times = new ArrayList<>();
    Instant last = Instant.parse(after);
    for (int time = 0; time < count; time++) {
      last = Cron.parse(cron).next(last, LONDON).orElseThrow();
      times.add(last.toString());
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *          | every day at 02:00
          0 2,14 * * *       | every day at 02:00 and 14:00
          0 */6 * * *        | every day at 00:00, 06:00, 12:00 and 18:00
          30 1 * * MON-FRI   | every weekday (Monday to Friday) at 01:30
          0 3 * * 7          | every Sunday at 03:00
          0 3 * * sun,wed    | every Wednesday and Sunday at 03:00
          0 4 1,22 * *       | on the 1st and 22nd of every month at 04:00
          0 4 1 1,7 *        | on the 1st in January and July at 04:00
          0 4 13 * FRI       | every Friday, and on the 13th of every month at 04:00
          */15 * * * *       | every day every 15 minutes
          5 * * * *          | every day at 05 minutes past each hour
          0,7 9-17 * * *     | every day 18 times, from 09:00 to 17:07
          """)
  void itIsSaidInWords(String cron, String words) {
    assertThat(Cron.parse(cron).words()).isEqualTo(words);
  }

  @Test
  void itIsDueByTheClockOfItsZone() {
    assertThat(next("0 2 * * *", "2026-07-01T01:00:00Z", 2))
        .containsExactly("2026-07-02T01:00:00Z", "2026-07-03T01:00:00Z");
    assertThat(next("0 4 13 * FRI", "2026-03-07T00:00:00Z", 3))
        .containsExactly("2026-03-13T04:00:00Z", "2026-03-20T04:00:00Z", "2026-03-27T04:00:00Z");
    assertThat(next("0 0 29 2 *", "2026-01-01T00:00:00Z", 1))
        .containsExactly("2028-02-29T00:00:00Z");
    assertThat(next("59 23 31 12 *", "2026-12-31T23:58:59Z", 1))
        .containsExactly("2026-12-31T23:59:00Z");
  }

  @Test
  void aNightWithAnHourMoreOrLessHasOneRun() {
    assertThat(next("30 1 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(next("30 1 * * *", "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    assertThat(next("30 * * * *", "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
  }

  @Test
  void whatFellOutIsCounted() {
    Cron cron = Cron.parse("0 2 * * *");

    assertThat(
            cron.due(
                Instant.parse("2026-01-01T02:00:00Z"),
                Instant.parse("2026-01-04T02:00:00Z"),
                LONDON))
        .isEqualTo(3);
    assertThat(cron.due(Instant.EPOCH, Instant.parse("2026-01-04T02:00:00Z"), LONDON))
        .isEqualTo(1000);
  }

  @Test
  void aDayThatNeverComesIsNever() {
    assertThat(Cron.parse("0 0 30 2 *").next(Instant.EPOCH, LONDON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1,, * * * *",
        "-1 * * * *",
        "* * * * MON-",
        "1/ * * * *",
        "@daily",
        "* * L * *",
        "１ * * * *"
      })
  void whatIsNoCronIsRefused(String text) {
    assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
