package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the first start to the first page, and how a session ends. */
class FirstSignInTest {

  @Test
  void theFirstPasswordIsForTheFirstSignInAlone() throws IOException {
    try (Site site = Site.fresh()) {
      String first = site.firstPassword();
      assertThat(first).matches("([a-z2-9]{5}-){4}[a-z2-9]{5}");
      assertThat(contents(site.home())).noneMatch(text -> text.contains(first));
      site.restart();
      String second = site.firstPassword();
      assertThat(second).as("a lost password does no harm").isNotEqualTo(first);

      Visitor admin = site.visitor();
      assertThat(admin.get("/admin/backup").path()).isEqualTo("/sign-in");
      assertThat(admin.signIn("admin", first).body()).contains("is not right");
      assertThat(admin.signIn(" ADMIN ", second).path()).isEqualTo("/password");
      assertThat(admin.get("/admin/backup").path()).isEqualTo("/password");
      assertThat(admin.get("/admin/users").path()).isEqualTo("/password");
      assertThat(admin.get("/api/admin/backups").status()).isEqualTo(403);

      assertThat(admin.choosePassword("wrong", Site.PASSWORD).body()).contains("not right");
      assertThat(admin.choosePassword(second, "short").body()).contains("at least 12");
      assertThat(admin.choosePassword(second, "my admin password").body())
          .contains("easy to guess");
      assertThat(admin.choosePassword(second, second).body()).contains("is the old one");
      assertThat(
              admin
                  .post(
                      "/password",
                      Map.of("current", second, "chosen", Site.PASSWORD, "repeated", "another"))
                  .status())
          .isEqualTo(422);
      String before = admin.session();
      assertThat(admin.choosePassword(second, Site.PASSWORD).path()).isEqualTo("/admin/backup");
      assertThat(admin.session()).isNotEqualTo(before);
      assertThat(site.visitor().signIn("admin", second).body()).contains("is not right");

      site.restart(Duration.ofSeconds(2));
      assertThat(site.printedPassword()).isEmpty();
      aSessionEndsWhenNobodyUsesIt(site);
    }
  }

  private static void aSessionEndsWhenNobodyUsesIt(Site site) {
    Visitor admin = site.admin();
    Waiting.until(
        "the end of a session that only refreshes itself",
        () ->
            admin.get("/admin/work", "HX-Request", "true", "Coffer-Refresh", "1").status() == 401);
    assertThat(admin.get("/admin/backup").path()).isEqualTo("/sign-in");
  }

  private static List<String> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(FirstSignInTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
