package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is protected and by which keys, and that somebody still holds them. */
@ExtendWith(SharedSite.class)
class SettingsTest {
  private static final Pattern TEXT =
      Pattern.compile(
          "-----BEGIN AGE ENCRYPTED FILE-----.*-----END AGE ENCRYPTED FILE-----", Pattern.DOTALL);

  private final Site site;

  @TempDir Path folder;

  SettingsTest(Site site) {
    this.site = site;
    assertThat(KeyHome.at(site.home()).generate().recipients()).isNotEmpty();
  }

  private String recipient() {
    return KeyHome.at(site.home()).recipients().getFirst().toString();
  }

  private Path identity() {
    return KeyHome.at(site.home()).identityFile();
  }

  /** What the age command makes of a challenge. */
  private String decrypted(String challenge) {
    try {
      Path file = Files.writeString(folder.resolve("challenge.age"), challenge);
      Process age =
          new ProcessBuilder("age", "-d", "-i", identity().toString(), file.toString()).start();
      String answer = new String(age.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(age.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(age.exitValue()).isZero();
      return answer;
    } catch (IOException failure) {
      throw new AssertionError("This test needs the command age: apt-get install age", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static String challenge(Visitor.Answer page) {
    Matcher text = TEXT.matcher(page.body());
    assertThat(text.find()).as(page.body()).isTrue();
    return text.group() + "\n";
  }

  @Test
  void thePageSaysWhatIsProtectedAndNeverThePassword() {
    Visitor.Answer page = site.admin().get("/admin/settings");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains(
            site.portal().name(),
            recipient(),
            "A secret key still lies on this machine",
            site.backups().toString(),
            "this server's own")
        .doesNotContain("AGE-SECRET-KEY-1Q", "postgresql://");
    String part = site.admin().get("/admin/settings/database?id=" + Visitor.encode(id())).body();
    assertThat(part).contains("PostgreSQL <span>18", "is not encrypted", "may do everything");
    assertThat(part).contains("data-lacks=\"backup\"", "nothing is missing");
    assertThat(site.admin().get("/admin/settings/database?id=nothing").status()).isEqualTo(404);
  }

  @Test
  void itSaysWhetherTrialsMayMakeDatabases() {
    String role = TestDatabase.uniqueName("prover");
    TestDatabase portal = site.portal();
    String page = "/admin/settings/proof-server";
    assertThat(site.admin().get(page).body()).contains("data-trials=\"allowed\"");
    portal.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
    try (Site other = Site.ready()) {
      other.restart(
          Optional.of(
              portal.server().url("postgres").replaceFirst("//[^@]*@", "//" + role + ":x@")));
      assertThat(other.admin().get("/admin/settings").body()).contains(page);
      assertThat(other.admin().get(page).body())
          .contains("data-trials=\"refused\"", "Backups cannot be tried there")
          .contains("ALTER ROLE &quot;" + role + "&quot; CREATEDB;");
      JsonNode checked =
          new Program(other, "EVERYTHING").post("/api/v1/settings/check", "{}").json();
      assertThat(checked.get("proofServer").get("createsDatabases").booleanValue()).isFalse();
      other.restart(Optional.empty());
      assertThat(other.admin().get(page).body()).contains("data-trials=\"own\"");
    } finally {
      portal.execute("DROP ROLE " + role);
    }
  }

  private String id() {
    return "127.0.0.1:" + site.portal().server().port() + "/" + site.portal().name();
  }

  @Test
  void whoMayDoWhat() {
    Map<String, Visitor> visitors =
        Map.of("operator", site.user("otto", "OPERATOR"), "auditor", site.user("anna", "AUDITOR"));
    visitors.forEach((role, visitor) -> {
      assertThat(visitor.get("/admin/settings").status()).as(role).isEqualTo(200);
      assertThat(visitor.get("/admin/settings").body())
          .doesNotContain("Test this key", "Check now", "Let them sign in");
      for (String form :
          List.of("check", "key-test", "key-test/x", "key-identity", "portal-sign-in")) {
        assertThat(
                visitor
                    .post(
                        "/admin/settings/" + form,
                        Map.of("id", id(), "recipient", recipient(), "answer", "x", "on", "true"))
                    .status())
            .as(role + " " + form)
            .isEqualTo(403);
      }
    });
    String reader = "Bearer " + site.token("READ");
    Visitor program = site.visitor();
    assertThat(program.get("/api/v1/settings", "Authorization", reader).status()).isEqualTo(200);
    for (String call : List.of("check", "key-tests", "key-tests/x/answer", "portal-sign-in")) {
      assertThat(
              program.postJson("/api/v1/settings/" + call, "{}", "Authorization", reader).status())
          .as(call)
          .isEqualTo(403);
    }
    assertThat(program.get("/api/v1/settings").status()).isEqualTo(401);
  }

  @Test
  void theInterfaceTellsWhatThePageTells() {
    String token = "Bearer " + site.token("EVERYTHING");
    Visitor program = site.visitor();

    JsonNode settings = program.get("/api/v1/settings", "Authorization", token).json();
    JsonNode check =
        program
            .postJson("/api/v1/settings/check", "{}", "Authorization", token)
            .json()
            .get("items")
            .get(0);

    assertThat(settings.at("/databases/0/id").stringValue()).isEqualTo(id());
    assertThat(settings.at("/databases/0/portalSignIn").booleanValue()).isFalse();
    assertThat(settings.at("/storage/free").longValue()).isPositive();
    assertThat(settings.at("/keys/recipients/0/recipient").stringValue()).isEqualTo(recipient());
    assertThat(settings.at("/keys/secretHere").booleanValue()).isTrue();
    assertThat(settings.toString()).doesNotContain(site.portal().server().password() + "@");
    assertThat(check.get("reachable").booleanValue()).isTrue();
    assertThat(check.at("/restore/problems").isEmpty()).isTrue();
    assertThat(
            program
                .postJson("/api/v1/settings/check", "{\"database\":\"x\"}", "Authorization", token)
                .status())
        .isEqualTo(400);
  }

  @Test
  void aKeyIsShownToBeHeldWithoutShowingIt() {
    Visitor admin = site.admin();

    Visitor.Answer test = admin.post("/admin/settings/key-test", Map.of("recipient", recipient()));
    String answer = decrypted(challenge(test));
    Visitor.Answer wrong = admin.post(test.path(), Map.of("answer", "abcde-fghjk"));
    assertThat(wrong.body()).contains("That is not the answer", "BEGIN AGE ENCRYPTED FILE");
    assertThat(admin.get(test.path() + "/challenge.age").body()).isEqualTo(challenge(test));
    Visitor.Answer right = admin.post(test.path(), Map.of("answer", " " + answer));

    assertThat(right.path()).isEqualTo("/admin/settings");
    assertThat(right.body()).contains("the key is held", "Shown to be held");
    assertThat(admin.get("/admin/backup").body()).doesNotContain("Nobody has shown");
    assertThat(admin.get("/admin/audit").body()).contains("Key tested", "a wrong answer");
    assertThat(admin.post(test.path(), Map.of("answer", answer)).body())
        .as("the same answer again")
        .contains("This test is over");
    assertThat(admin.get(test.path() + "/challenge.age").status()).isEqualTo(404);
  }

  @Test
  void programsTestKeysToo() {
    String token = "Bearer " + site.token("EVERYTHING");
    Visitor program = site.visitor();
    Visitor.Answer begun =
        program.postJson(
            "/api/v1/settings/key-tests",
            "{\"recipient\":\"" + recipient() + "\"}",
            "Authorization",
            token);
    assertThat(begun.status()).isEqualTo(201);
    String path = begun.header("Location");
    assertThat(program.get(path, "Authorization", token).json()).isEqualTo(begun.json());
    String answer = decrypted(begun.json().get("challenge").stringValue()).strip();

    for (int attempt = 0; attempt < 5; attempt++) {
      Visitor.Answer wrong =
          program.postJson(path + "/answer", "{\"answer\":\"no\"}", "Authorization", token);
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.json().get("code").stringValue()).isEqualTo("CONFIRMATION_WRONG");
    }
    String body = "{\"answer\":\"" + answer + "\"}";
    assertThat(program.postJson(path + "/answer", body, "Authorization", token).status())
        .as("right, after too many wrong ones")
        .isEqualTo(422);
    assertThat(program.get(path, "Authorization", token).status()).isEqualTo(404);
    assertThat(
            program
                .postJson(
                    "/api/v1/settings/key-tests",
                    "{\"recipient\":\"age1nobody\"}",
                    "Authorization",
                    token)
                .status())
        .isEqualTo(422);
  }

  @Test
  void aKeyThatIsGivenIsTriedAndForgotten() throws IOException {
    Visitor admin = site.admin();
    String secret = Files.readString(identity());

    assertThat(admin.post("/admin/settings/key-identity", Map.of("identity", secret)).body())
        .contains("The server has not kept it");
    assertThat(
            admin
                .postFile(
                    "/admin/settings/key-identity",
                    "file",
                    secret.getBytes(StandardCharsets.US_ASCII))
                .body())
        .contains("The server has not kept it");
    String other = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    assertThat(admin.post("/admin/settings/key-identity", Map.of("identity", other)).body())
        .contains("nothing here is locked to it")
        .doesNotContain(other);
    assertThat(admin.post("/admin/settings/key-identity", Map.of("identity", "my secret")).body())
        .contains("is not an age identity")
        .doesNotContain("my secret");
    Visitor.Answer huge =
        admin.postFile("/admin/settings/key-identity", "file", new byte[10 << 20]);
    assertThat(huge.status()).isEqualTo(413);
    assertThat(huge.body()).contains("That is too long");
    String line = secret.lines().filter(one -> one.startsWith("AGE-")).findFirst().orElseThrow();
    assertThat(admin.get("/admin/audit").body()).doesNotContain(line);
  }

  @Test
  void testsAndTheirResultsGrowOld() {
    try (TestDatabase state = TestDatabase.create(Servers.embedded(18));
        Site other =
            Site.readyOn(ConnectionSettings.resolve(Optional.of(state.url()), Map.of(), folder))) {
      Visitor admin = other.admin();
      assertThat(admin.get("/admin/backup").body()).doesNotContain("Nobody has shown");
      KeyHome keys = KeyHome.at(other.home());
      assertThat(keys.generate().recipients()).hasSize(1);
      assertThat(admin.get("/admin/backup").body()).contains("Nobody has shown yet");
      String recipient = keys.recipients().getFirst().toString();
      Visitor.Answer test = admin.post("/admin/settings/key-test", Map.of("recipient", recipient));

      state.execute("UPDATE key_challenge SET expires_at = now() - interval '1 second'");

      assertThat(admin.get(test.path()).body()).contains("This test is over");
      assertThat(admin.post(test.path(), Map.of("answer", "x")).body())
          .contains("This test is over");
      String secret = Files.readString(keys.identityFile());
      assertThat(admin.post("/admin/settings/key-identity", Map.of("identity", secret)).body())
          .contains("There is no backup yet", "held");
      assertThat(admin.get("/admin/backup").body()).doesNotContain("Nobody has shown");
      state.execute("UPDATE key_test SET tested_at = now() - interval '91 days'");
      assertThat(admin.get("/admin/backup").body()).contains("Nobody has shown for 91 days");
      assertThat(admin.get("/admin/settings").body()).contains("test is due");
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void missingPrivilegesAreListedWithWhatMendsThem() {
    String role = TestDatabase.uniqueName("keeper");
    try (Site other = Site.ready()) {
      TestDatabase portal = other.portal();
      portal.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
      other.restartProtecting(portal.url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
      String id = "127.0.0.1:" + portal.server().port() + "/" + portal.name();

      Visitor.Answer page = other.admin().post("/admin/settings/check", Map.of("id", id));

      assertThat(page.path()).isEqualTo("/admin/settings");
      assertThat(page.body())
          .contains(
              role,
              "are missing",
              "GRANT pg_read_all_data TO &quot;" + role + "&quot;;",
              "GRANT SET ON PARAMETER session_replication_role TO " + role,
              "no SELECT, INSERT, DELETE");
      portal.close();
      assertThat(other.admin().post("/admin/settings/check", Map.of("id", id)).body())
          .contains("It cannot be asked now");
      assertThat(other.admin().get("/admin/settings").status()).isEqualTo(200);
    } finally {
      try (TestDatabase any = TestDatabase.create(site.portal().server())) {
        any.execute("DROP ROLE IF EXISTS " + role);
      }
    }
  }
}
