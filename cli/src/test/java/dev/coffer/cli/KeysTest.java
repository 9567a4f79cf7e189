package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class KeysTest {
  @TempDir Path home;

  @Test
  void makesKeysInTheHomeAndSaysWhereThePrivateHalfBelongs() {
    Run run = Run.coffer(home, "keys", "generate");

    Path keys = home.resolve(".coffer/keys");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(keys.resolve("identity.txt")).isRegularFile();
    assertThat(run.out())
        .contains(keys.resolve("identity.txt").toString(), "age1", "belongs elsewhere")
        .doesNotContain("AGE-SECRET-KEY");
  }

  @Test
  void cofferHomeNamesAnotherPlace() {
    Path other = home.resolve("other");
    Run run =
        Run.coffer(home, Map.of("COFFER_HOME", other.toString()), "keys", "generate", "--json");

    JsonNode answer = run.json();
    assertThat(answer.get("success").booleanValue()).isTrue();
    assertThat(answer.get("created").size()).isEqualTo(4);
    assertThat(Path.of(answer.get("identityFile").stringValue())).isRegularFile().startsWith(other);
    assertThat(home.resolve(".coffer")).doesNotExist();
  }

  @Test
  void neverOverwritesAKey() throws Exception {
    Run.coffer(home, "keys", "generate");
    Path identity = home.resolve(".coffer/keys/identity.txt");
    String before = Files.readString(identity);

    Run again = Run.coffer(home, "keys", "generate");

    assertThat(again.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(again.err()).contains("[TARGET_EXISTS]");
    assertThat(identity).hasContent(before);
  }
}
