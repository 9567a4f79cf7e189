package dev.coffer.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.cli.terminal.Session;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShownProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void drawsABarOnATerminalAndLeavesNothingOfIt() throws InterruptedException {
    try (ShownProgress progress = ShownProgress.on(session(true), false)) {
      progress.expect(2, 1000, 100_000);
      progress.advanced("sales", 400, 40_000);
      progress.advanced("sales", 100, 10_000);
      awaitText("50 %");
      progress.notice("a key was made");
    }

    String shown = shown();
    assertThat(shown).contains("sales", "█", "50 %", "500 rows", "MB/s", "NOTICE: a key was made");
    assertThat(shown).startsWith("\u001b[?25l").endsWith("\r\u001b[K\u001b[?25h");
  }

  @Test
  void neverClaimsToBeDoneByAnEstimate() throws InterruptedException {
    try (ShownProgress progress = ShownProgress.on(session(true), false)) {
      progress.expect(1, 10, 1000);
      progress.advanced("sales", 25, 2500);
      awaitText("99 %");
    }

    assertThat(shown()).doesNotContain("100 %", "250 %");
  }

  @Test
  void writesPlainLinesElsewhere() {
    try (ShownProgress progress = ShownProgress.on(session(false), false)) {
      progress.stage("reading the catalog");
      progress.expect(1, 10, 1000);
      progress.advanced("sales", 10, 1000);
      progress.notice("a key was made");
    }

    assertThat(shown().lines()).containsExactly("reading the catalog", "NOTICE: a key was made");
  }

  @Test
  void quietKeepsNotices() {
    try (ShownProgress progress = ShownProgress.on(session(true), true)) {
      progress.stage("reading the catalog");
      progress.advanced("sales", 10, 1000);
      progress.notice("a key was made");
    }

    assertThat(shown().lines()).containsExactly("NOTICE: a key was made");
  }

  @Test
  void showsNoControlCharacterOfATableName() throws InterruptedException {
    try (ShownProgress progress = ShownProgress.on(session(true), false)) {
      progress.advanced("evil\u001b]0;title\u0007", 1, 1);
      awaitText("evil");
    }

    assertThat(shown()).doesNotContain("\u001b]0", "\u0007");
  }

  private void awaitText(String text) throws InterruptedException {
    long patience = System.nanoTime() + 10_000_000_000L;
    while (!shown().contains(text) && System.nanoTime() < patience) {
      Thread.sleep(10);
    }
    assertThat(shown()).contains(text);
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Session session(boolean terminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("LANG", "en_GB.UTF-8", "TERM", "xterm");
    return new Session(
        environment, InputStream.nullInputStream(), stream, stream, terminal, terminal);
  }
}
