package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every call that the server takes, tried by everybody there can be. */
class RolesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String FOREIGN = "https://elsewhere.example";

  /** Of the state, all but those that say what was looked at. */
  private static final List<String> TABLES =
      List.of(
          "account",
          "token",
          "job",
          "schedule",
          "retention_rule",
          "comparison",
          "portal_sign_in",
          "key_challenge",
          "key_test",
          "verification");

  private static Site site;
  private static Asker admin;

  @BeforeAll
  static void open() {
    site = Site.ready();
    admin =
        Asker.person(
            CLIENT,
            site,
            "admin",
            site.admin(),
            "VIEW",
            "OPERATE",
            "BROWSE",
            "DOWNLOAD",
            "RESTORE",
            "MANAGE",
            "AUDIT",
            "ACCESS");
  }

  @AfterAll
  static void close() {
    site.close();
    CLIENT.close();
  }

  @Test
  void theTableNamesEveryCallOfTheServer() {
    Set<String> taken = new TreeSet<>(Calls.of(site));
    // Where the container sends requests that failed.
    assertThat(taken.remove("ANY /error")).isTrue();
    assertThat(Calls.names()).isEqualTo(taken);
  }

  @Test
  void nobodyGetsPastTheDoor() {
    tryAll(Asker.nobody(CLIENT, site));
  }

  @Test
  void whoHasYetToChooseAPasswordDoesThatFirst() {
    String given =
        site.admin()
            .post("/admin/users", Map.of("name", "newcomer", "role", "ADMIN"))
            .element("new-password");
    Visitor newcomer = site.visitor();
    newcomer.signIn("newcomer", given);
    tryAll(Asker.person(CLIENT, site, "newcomer", newcomer));
  }

  @Test
  void anOperatorCreatesAndVerifies() {
    Visitor operator = site.user("operator", "OPERATOR");
    tryAll(Asker.person(CLIENT, site, "operator", operator, "VIEW", "OPERATE"));
  }

  @Test
  void anAuditorReads() {
    Visitor auditor = site.user("auditor", "AUDITOR");
    tryAll(Asker.person(CLIENT, site, "auditor", auditor, "VIEW", "BROWSE", "AUDIT"));
  }

  @Test
  void anAdminMayEverything() {
    tryAll(admin);
  }

  @Test
  void aTokenIsGoodForItsScope() {
    tryAll(program("READ", "VIEW"));
    tryAll(program("CREATE", "VIEW", "OPERATE"));
    tryAll(program("EXPORT", "VIEW", "BROWSE", "DOWNLOAD"));
    tryAll(program("RESTORE", "VIEW", "BROWSE", "RESTORE"));
    tryAll(program("EVERYTHING", admin.may().toArray(String[]::new)));
  }

  private static Asker program(String scope, String... may) {
    return Asker.program(CLIENT, site, "token " + scope, site.token(scope), may);
  }

  private static void tryAll(Asker asker) {
    List<String> wrong = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      Visitor.Answer answer = asker.ask(call.method(), call.ofNothing());
      String expected = expected(asker, call);
      if (!expected.equals(got(answer))) {
        wrong.add(asker.name() + ": " + call + " is " + got(answer) + ", not " + expected);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String expected(Asker asker, Calls.Call call) {
    if (call.needs().equals(Calls.OPEN)) {
      return "let in";
    }
    boolean stranger = asker.isNobody() || (asker.isProgram() && !call.forPrograms());
    if (stranger) {
      return call.forPrograms() ? "401" : "sent to sign in";
    }
    if (call.needs().equals(Calls.SIGNED_IN) || asker.may().contains(call.needs())) {
      return "let in";
    }
    return asker.may().isEmpty() && !call.forPrograms() ? "sent to choose a password" : "403";
  }

  private static String got(Visitor.Answer answer) {
    String next = answer.header("Location");
    if (next.contains("/sign-in")) {
      return "sent to sign in";
    }
    if (next.endsWith("/password")) {
      return "sent to choose a password";
    }
    int status = answer.status();
    if (status >= 500) {
      return "a failure, " + status;
    }
    return status == 401 || status == 403 ? Integer.toString(status) : "let in";
  }

  @Test
  void whatIsRefusedIsAPageForPeopleAndAProblemForPrograms() {
    Asker reader = program("READ");
    Visitor.Answer program = reader.ask("GET", "/api/v1/users");
    assertThat(program.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(program.json().get("code").stringValue()).isEqualTo("FORBIDDEN");
    Visitor.Answer none = Asker.nobody(CLIENT, site).ask("GET", "/api/v1/users");
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(none.header("Set-Cookie")).as("programs get no session").isEmpty();
  }

  /** An operator may cancel jobs; a restore is none of theirs. */
  @Test
  void onlyWhoMayRestoreCancelsARestore() {
    String job = Furnished.of(site).restoreJob();
    Asker operator =
        Asker.person(CLIENT, site, "oscar", site.user("oscar", "OPERATOR"), "VIEW", "OPERATE");

    assertThat(operator.ask("DELETE", "/api/v1/jobs/" + job).status()).isEqualTo(403);
    assertThat(operator.ask("POST", "/admin/work/" + job + "/cancel").status()).isEqualTo(403);
    assertThat(program("CREATE", "VIEW").ask("DELETE", "/api/v1/jobs/" + job).status())
        .isEqualTo(403);
    assertThat(admin.ask("DELETE", "/api/v1/jobs/" + job).status()).isEqualTo(200);
    assertThat(admin.ask("POST", "/admin/work/" + job + "/cancel").status()).isEqualTo(302);
  }

  /** An auditor may compare, and so cancel what they have begun, and nothing else. */
  @Test
  void whoMayCompareCancelsTheirOwnComparisonsAlone() {
    Furnished furnished = Furnished.of(site);
    Asker auditor =
        Asker.person(CLIENT, site, "aurel", site.user("aurel", "AUDITOR"), "VIEW", "BROWSE");
    String body = "{\"backup\":\"%s\",\"with\":{\"live\":true}}".formatted(furnished.backup());
    Visitor.Answer own = auditor.send("POST", "/api/v1/comparisons", "application/json", body);
    assertThat(own.status()).as(own.body()).isEqualTo(202);

    assertThat(auditor.ask("DELETE", own.header("Location")).status()).isIn(200, 202);
    Visitor.Answer others = auditor.ask("DELETE", "/api/v1/jobs/" + furnished.comparisonJob());
    assertThat(others.status()).isEqualTo(403);
    assertThat(others.json().get("code").stringValue()).isEqualTo("FORBIDDEN");
    Program creator = new Program(site, "CREATE");
    Visitor.Answer backup = creator.post("/api/v1/backups", "{\"reason\":\"Not an auditor's\"}");
    assertThat(auditor.ask("DELETE", backup.header("Location")).status()).isEqualTo(403);
    assertThat(creator.ended(backup).get("state").stringValue()).isEqualTo("DONE");
  }

  /** Of every call that changes something, from another site's page, or from one that is stale. */
  @Test
  void nothingIsChangedWithoutTheSessionsOwnToken() {
    Asker other =
        Asker.person(CLIENT, site, "other", site.user("other", "OPERATOR"), "VIEW", "OPERATE");
    List<Asker> forged =
        List.of(admin.withoutToken(), admin.withToken("stale"), admin.withToken(other.csrf()));
    String before = changes();
    List<String> wrong = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      if (!call.looks()) {
        for (Asker asker : forged) {
          for (String type : List.of(Asker.FORM, "text/plain", "application/json")) {
            Visitor.Answer answer =
                asker.send(
                    call.method(),
                    call.ofNothing(),
                    type,
                    type.equals(Asker.FORM) ? "reason=forged" : "{\"reason\":\"forged\"}",
                    "Origin",
                    FOREIGN);
            if (answer.status() != 403) {
              wrong.add(call + " as " + type + " is " + answer.status());
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    for (String open : List.of("/sign-in", "/sign-out")) {
      assertThat(admin.withoutToken().ask("POST", open, "Origin", FOREIGN).status())
          .as(open)
          .isEqualTo(403);
    }
    assertThat(admin.ask("GET", "/admin/backup").status()).as("still signed in").isEqualTo(200);
    assertThat(changes()).isEqualTo(before);
  }

  /** Another site's script reads no answer either. */
  @Test
  void noOtherSiteIsInvited() {
    for (String path : List.of("/api/v1/backups", "/admin/backup", "/sign-in")) {
      Visitor.Answer answer = admin.ask("GET", path, "Origin", FOREIGN);
      assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isEmpty();
      Visitor.Answer before =
          admin.send(
              "OPTIONS", path, "", "", "Origin", FOREIGN, "Access-Control-Request-Method", "POST");
      assertThat(before.header("Access-Control-Allow-Origin")).as(path).isEmpty();
      assertThat(before.header("Access-Control-Allow-Methods")).as(path).isEmpty();
    }
  }

  @Test
  void lookingChangesNothing() {
    Furnished furnished = Furnished.of(site);
    String before = changes();
    for (Calls.Call call : Calls.all()) {
      if (call.looks()) {
        for (String path : furnished.addresses(call)) {
          assertThat(admin.ask("GET", path).status()).as(path).isLessThan(500);
          assertThat(admin.send("HEAD", path, "", "").status()).as("HEAD " + path).isLessThan(500);
        }
      } else if (Calls.all().stream()
          .noneMatch(other -> other.looks() && other.pattern().equals(call.pattern()))) {
        assertThat(admin.ask("GET", furnished.address(call)).status())
            .as("GET instead of " + call)
            .isIn(404, 405);
      }
    }
    assertThat(changes()).isEqualTo(before);
  }

  /** All that may not change, as a text. Looking at records, and taking them, is written down. */
  private static String changes() {
    Waiting.until("the end of all work", site::idle);
    List<String> state = new ArrayList<>(site.files());
    for (String table : TABLES) {
      state.add(
          site.state().sql("SELECT * FROM " + table).query().listOfRows().stream()
              .map(RolesTest::withoutWhatMovesByItself)
              .sorted()
              .collect(Collectors.joining(", ", table + " ", "")));
    }
    state.add(
        "audit "
            + site.state()
                .sql(
                    "SELECT count(*) FROM audit_entry WHERE action NOT IN"
                        + " ('RECORDS_VIEWED', 'BACKUP_DOWNLOADED', 'AUDIT_EXPORTED')")
                .query(Long.class)
                .single());
    state.add(
        site.portal().value("SELECT md5(string_agg(s::text, ',' ORDER BY s.id)) FROM sales s"));
    return String.join("\n", state);
  }

  private static String withoutWhatMovesByItself(Map<String, Object> row) {
    Map<String, Object> rest = new TreeMap<>(row);
    rest.keySet().removeAll(Set.of("last_used", "last_sign_in", "seen_at"));
    return rest.toString();
  }
}
