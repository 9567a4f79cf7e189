package dev.coffer.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PrinterTest {
  private static String printed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new Printer(stream, false).list(text);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachEntryOfAListHasALine() {
    assertThat(printed("As a superuser, run:\n  GRANT a TO b;\n  GRANT c TO b;").lines())
        .containsExactly("As a superuser, run:", "  GRANT a TO b;", "  GRANT c TO b;");
    assertThat(printed("nothing to list").lines()).containsExactly("nothing to list");
  }

  @Test
  void whatATerminalWouldObeyIsNotPrinted() {
    assertThat(printed("a\nHINT: forged\n  \u001b[2Jb\r").lines())
        .containsExactly("a\ufffdHINT: forged", "  \ufffd[2Jb\ufffd");
  }
}
