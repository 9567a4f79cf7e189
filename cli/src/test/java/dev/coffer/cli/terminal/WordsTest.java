package dev.coffer.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WordsTest {

  @Test
  void writesNumbersTheSameInEveryLocale() {
    assertThat(Words.count(15_247)).isEqualTo("15,247");
    assertThat(Words.count(1, "row")).isEqualTo("1 row");
    assertThat(Words.count(0, "row")).isEqualTo("0 rows");
    assertThat(Words.size(999)).isEqualTo("999 bytes");
    assertThat(Words.size(8_912_896)).isEqualTo("8.50 MB");
    assertThat(Words.size(Long.MAX_VALUE)).endsWith(" TB");
  }

  @Test
  void writesTimesInUtc() {
    Instant instant = Instant.parse("2026-01-25T14:30:45.120Z");

    assertThat(Words.time(instant)).isEqualTo("2026-01-25 14:30:45");
  }

  @Test
  void takesFromForeignTextsWhatATerminalWouldObey() {
    assertThat(Words.harmless("a\u001b[31mred\u0007\r\n\u009b1m\u202eab"))
        .doesNotContainPattern("[\\p{Cc}\\u202e]")
        .contains("red");
    assertThat(Words.harmless("Zoë O'Neil \ud83d\ude00")).isEqualTo("Zoë O'Neil \ud83d\ude00");
  }

  @Test
  void quotesPathsForTheShell() {
    assertThat(Words.shell(Path.of("backups/a-b.json.zst"))).isEqualTo("backups/a-b.json.zst");
    assertThat(Words.shell(Path.of("my backups/it's"))).isEqualTo("'my backups/it'\\''s'");
  }
}
