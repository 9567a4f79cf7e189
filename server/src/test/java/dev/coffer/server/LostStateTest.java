package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users, jobs and the audit trail are gone: the backups are not. */
class LostStateTest {
  private static final String WORD = "five words to begin again";

  @Test
  void theListIsMadeFromTheFiles() {
    try (Site site = Site.ready()) {
      site.admin().post("/admin/backup", Map.of("reason", "Before the state was lost"));
      Waiting.until(
          "a proven backup",
          () -> site.files().stream().anyMatch(name -> name.endsWith(".proof.json")));
      Waiting.until("the end of all work", site::idle);
      List<String> files = site.files();

      site.restart(() -> empty(site.home().resolve("state")));

      Visitor admin = site.visitor();
      admin.signIn("admin", site.firstPassword());
      admin.choosePassword(site.firstPassword(), WORD);
      assertThat(admin.get("/admin/backup").body()).contains("Before the state was lost", "Proven");
      assertThat(site.files()).isEqualTo(files);
    }
  }

  private static void empty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
