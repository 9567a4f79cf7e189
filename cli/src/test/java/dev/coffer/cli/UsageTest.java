package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class UsageTest {
  @TempDir Path home;

  @Test
  void helpNamesEveryCommandButTheHiddenOne() {
    Run run = Run.coffer(home, "--help");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("demo", "backup", "keys", "list", "show", "verify", "prove", "export", "migrate")
        .contains("completion", "COFFER_BACKUPS", "Exit status")
        .doesNotContain("sample  ");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "backup",
        "keys",
        "keys generate",
        "keys check",
        "list",
        "show",
        "verify",
        "prove",
        "export",
        "migrate",
        "migrate communications",
        "sample",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    Run run = Run.coffer(home, (command + " --help").split(" "));

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("coffer " + command, "--help");
  }

  @Test
  void withoutACommandShowsHelpAndFails() {
    Run run = Run.coffer(home);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("coffer COMMAND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bakup",
        "backup --raeson x",
        "backup --kind weekly",
        "backup --compression gzip",
        "show",
        "verify",
        "prove",
        "verify one two",
        "export x",
        "export x --format xml",
        "keys",
        "keys generate extra",
        "migrate",
        "completion fish",
        "completion",
        "verify x --threads many",
      })
  void wrongUsageIsToldInOneFactAndOneHint(String line) {
    Run run = Run.coffer(home, line.split(" "));

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().toList())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.getFirst()).startsWith("coffer: ").endsWith("[USAGE]"))
        .satisfies(lines -> assertThat(lines.getLast()).startsWith("HINT: ").contains("--help"));
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    assertThat(Run.coffer(home, "verfy").err()).contains("Did you mean", "verify");
  }

  @Test
  void wrongUsageIsOneJsonObjectWhereJsonIsAskedFor() {
    JsonNode answer = Run.coffer(home, "backup", "--json", "--raeson", "x").json();

    assertThat(answer.get("success").booleanValue()).isFalse();
    assertThat(answer.get("code").stringValue()).isEqualTo("USAGE");
    assertThat(answer.get("message").stringValue()).contains("--raeson");
    assertThat(answer.get("hint").stringValue()).contains("coffer backup --help");
  }

  @Test
  void tellsTheVersion() {
    Run run = Run.coffer(home, "--version");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).matches("coffer \\d+\\.\\d+\\.\\d+.*, on Java \\d+.*\\R");
  }

  @Test
  void csvOfSeveralTablesNeedsAFolder() {
    Run run = Run.coffer(home, "export", "latest", "--format", "csv");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--to", "--table");
  }
}
