package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
  @TempDir Path home;

  @Test
  void bashLoadsTheScriptAndCompletes() throws IOException, InterruptedException {
    Run run = Run.coffer(home, "completion", "bash");
    Path script = Files.writeString(home.resolve("completion.bash"), run.out());
    String attempt =
        "source '"
            + script
            + "' && COMP_WORDS=(coffer ver) && COMP_CWORD=1 && "
            + "_complete_coffer && printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", attempt).redirectErrorStream(true).start();
    String completions = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(bash.waitFor()).isZero();
    assertThat(completions).contains("verify").doesNotContain("backup");
  }

  @Test
  void zshGetsWhatBashScriptsNeedThere() {
    String script = Run.coffer(home, "completion", "zsh").out();

    assertThat(script).startsWith("autoload").contains("bashcompinit", "_complete_coffer");
  }

  @Test
  void theHiddenCommandIsNotOffered() {
    assertThat(Run.coffer(home, "completion", "bash").out()).doesNotContain("sample");
  }
}
