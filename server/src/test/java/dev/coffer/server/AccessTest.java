package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what, line by line, and what keeps others out. */
@ExtendWith(SharedSite.class)
class AccessTest {
  private static final List<String> PAGES =
      List.of("/", "/admin/backup", "/admin/audit", "/admin/users", "/admin/tokens", "/password");

  private final Site site;

  AccessTest(Site site) {
    this.site = site;
  }

  @Test
  void nobodySeesAPageWithoutSigningIn() {
    for (String page : PAGES) {
      assertThat(site.visitor().get(page).path()).as(page).isEqualTo("/sign-in");
    }
    Visitor.Answer part = site.visitor().get("/admin/work", "HX-Request", "true");
    assertThat(part.status()).isEqualTo(401);
    assertThat(part.header("HX-Redirect")).isEqualTo("/sign-in");
    assertThat(site.visitor().get("/sign-in", "Cookie", "coffer=0123456789ABCDEF").status())
        .isEqualTo(200);
    assertThat(site.visitor().get("/admin/backup", "Cookie", "coffer=0123456789ABCDEF").path())
        .isEqualTo("/sign-in");
  }

  @Test
  void programsAreToldInJson() {
    for (String path : List.of("/api/admin/backups", "/api/admin/comprehensive-backup")) {
      Visitor.Answer answer = site.visitor().get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().get("status").intValue()).isEqualTo(401);
      assertThat(answer.json().get("success").booleanValue()).isFalse();
    }
    assertThat(site.visitor().postJson("/api/admin/create-backup", "{}").status()).isEqualTo(401);
    assertThat(
            site.visitor()
                .postJson("/api/admin/create-backup", "{}", "Authorization", "Bearer nonsense")
                .status())
        .isEqualTo(401);
  }

  @Test
  void anOperatorCreatesAndChecksAndNoMore() {
    Visitor operator = site.user("olive", "OPERATOR");

    assertThat(operator.get("/admin/backup").body())
        .contains("Create backup now")
        .doesNotContain("Audit trail", "Tokens");
    for (String page :
        List.of("/admin/audit", "/admin/audit/export", "/admin/users", "/admin/tokens")) {
      assertThat(operator.get(page).status()).as(page).isEqualTo(403);
    }
    assertThat(operator.get("/admin/backup/any/download?format=stored").status()).isEqualTo(403);
    for (String action : List.of("delete", "keep")) {
      assertThat(operator.post("/admin/backup/any/" + action, Map.of("reason", "x")).status())
          .as(action)
          .isEqualTo(403);
    }
    assertThat(operator.post("/admin/users", Map.of("name", "eve", "role", "ADMIN")).status())
        .isEqualTo(403);
  }

  @Test
  void anAuditorLooksAndChangesNothing() {
    Visitor auditor = site.user("audrey", "AUDITOR");
    List<String> before = site.files();

    assertThat(auditor.get("/admin/audit?check=true").body()).contains("Nothing was changed");
    assertThat(auditor.get("/admin/backup").body()).doesNotContain("Create backup now");
    Visitor.Answer refused = auditor.post("/admin/backup", Map.of("reason", "mine"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("Your role does not allow this");
    assertThat(auditor.get("/api/admin/backups").status()).isEqualTo(200);
    assertThat(auditor.get("/admin/backup/any/download?format=stored").status()).isEqualTo(403);
    assertThat(site.files()).isEqualTo(before);
  }

  @Test
  void aFormOfAnotherSiteDoesNothing() {
    Visitor admin = site.admin();
    List<String> before = site.files();

    Visitor.Answer none = admin.postBare("/admin/backup", Map.of("reason", "forged"));
    Visitor.Answer stale =
        admin.postBare("/admin/backup", Map.of("reason", "forged", "_csrf", "stale"));
    Visitor.Answer program =
        admin.postJson("/api/admin/comprehensive-backup", "{\"reason\":\"forged\"}");

    assertThat(List.of(none.status(), stale.status(), program.status())).containsOnly(403);
    assertThat(stale.body()).contains("open for too long");
    assertThat(program.json().get("code").stringValue()).isEqualTo("CSRF");
    assertThat(site.files()).isEqualTo(before);
  }

  @Test
  void guessingIsSlowedDown() {
    site.user("victor", "AUDITOR");
    Visitor guesser = site.visitor();
    for (int guess = 0; guess < 5; guess++) {
      assertThat(guesser.signIn("victor", "guess " + guess).body()).contains("is not right");
    }

    assertThat(guesser.signIn("victor", "another guess").body()).contains("Too many attempts");
    assertThat(guesser.signIn("victor", Site.PASSWORD).body())
        .as("the right one, too soon")
        .contains("Too many attempts");
    assertThat(site.admin().get("/admin/backup").path()).isEqualTo("/admin/backup");
  }

  @Test
  void aChangedAccountHasToSignInAgain() {
    Visitor person = site.user("petra", "OPERATOR");
    assertThat(person.get("/admin/backup").path()).isEqualTo("/admin/backup");
    Visitor admin = site.admin();
    String page = admin.get("/admin/users").body();
    String id =
        page.substring(0, page.indexOf("Role of petra"))
            .replaceAll("(?s).*/users/(\\d+)/access.*", "$1");

    admin.post("/admin/users/" + id + "/access", Map.of("role", "OPERATOR"));

    assertThat(person.get("/admin/backup").path()).isEqualTo("/sign-in");
    assertThat(person.signIn("petra", Site.PASSWORD).body()).contains("is not right");
  }

  @Test
  void theLastAdminRemains() {
    Visitor admin = site.admin();

    assertThat(
            admin
                .post("/admin/users/1/access", Map.of("role", "AUDITOR", "enabled", "true"))
                .body())
        .contains("One admin at least has to remain");
    assertThat(admin.post("/admin/users", Map.of("name", "../eve", "role", "ADMIN")).body())
        .contains("short name of letters and digits");
  }

  @Test
  void aTokenIsGoodForItsScopeUntilItIsRevoked() {
    String token = site.token("READ");
    String bearer = "Bearer " + token;
    Visitor program = site.visitor();

    assertThat(program.get("/api/admin/backups", "Authorization", bearer).status()).isEqualTo(200);
    assertThat(
            program
                .postJson(
                    "/api/admin/comprehensive-backup",
                    "{\"reason\":\"no\"}",
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(403);
    assertThat(program.get("/admin/backup", "Authorization", bearer).path()).isEqualTo("/sign-in");
    assertThat(
            program
                .get(
                    "/api/admin/backups", "Authorization", bearer.substring(0, bearer.length() - 1))
                .status())
        .isEqualTo(401);
    Visitor admin = site.admin();
    assertThat(admin.get("/admin/tokens").body()).doesNotContain(token);
    String id = token.split("_", 3)[1];
    admin.post("/admin/tokens/" + id + "/revoke", Map.of());
    assertThat(program.get("/api/admin/backups", "Authorization", bearer).status()).isEqualTo(401);
  }

  @Test
  void aPageRunsNothingButFilesOfThisServer() throws IOException {
    Visitor.Answer page = site.admin().get("/admin/backup");

    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors")
        .doesNotContain("unsafe");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(page.header("Cache-Control")).contains("no-store");
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
      for (Path template : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(template))
            .as(template.toString())
            .doesNotContainPattern(
                "<style|\\sstyle=|\\son[a-z]+=|<script>|https?://(?!www.thymeleaf)");
      }
    }
  }
}
