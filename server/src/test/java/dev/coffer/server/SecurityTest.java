package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps sessions, tokens, passwords and pages from being misused. */
@ExtendWith(SharedSite.class)
class SecurityTest {
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");
  private static final Pattern SCRIPT = Pattern.compile("(?is)<script\\b([^>]*)>(.*?)</script>");
  private static final Pattern FORGED =
      Pattern.compile("(?i)\\s(style|on[a-z]+|hx-on[:\\w-]*|srcdoc)\\s*=");
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?i)\\s(src|href|action|formaction|hx-get|hx-post)\\s*=\\s*[\"']?\\s*((https?:)?//|(java|vb)script:)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Site site;

  SecurityTest(Site site) {
    this.site = site;
  }

  @AfterEach
  void hangUp() {
    client.close();
  }

  private Asker with(String cookie) {
    return new Asker(
        client,
        site.url(),
        "forger",
        List.of("Cookie", "coffer=" + cookie),
        "",
        java.util.Set.of());
  }

  @Test
  void aSessionIsKnownByItsWholeSecretAlone() {
    String right = site.admin().session();
    assertThat(with(right).ask("GET", "/api/v1/backups").status()).isEqualTo(200);
    char last = right.charAt(right.length() - 1);
    for (String forged :
        List.of(
            right.substring(0, right.length() - 1) + (last == '0' ? '1' : '0'),
            right.toLowerCase(Locale.ROOT),
            right.substring(1),
            right + "0",
            "../" + right,
            "0".repeat(right.length()),
            "x".repeat(5000))) {
      assertThat(with(forged).ask("GET", "/api/v1/backups").status()).as(forged).isIn(400, 401);
      Visitor.Answer page = with(forged).ask("GET", "/admin/backup");
      assertThat(page.status()).as(forged).isIn(302, 400);
      assertThat(page.body()).doesNotContain("Backups in");
    }
    assertThat(Asker.nobody(client, site).ask("GET", "/api/v1/backups;coffer=" + right).status())
        .as("a session in the address")
        .isIn(400, 401);
  }

  @Test
  void aSessionGetsANewSecretBySigningInAndNoneAfterSigningOut() {
    site.user("sara", "OPERATOR");
    Visitor person = site.visitor();
    person.get("/sign-in");
    String before = person.session();
    person.signIn("sara", Site.PASSWORD);
    String after = person.session();
    assertThat(after).isNotEqualTo(before);
    assertThat(with(before).ask("GET", "/api/v1/backups").status()).isEqualTo(401);
    assertThat(with(after).ask("GET", "/api/v1/backups").status()).isEqualTo(200);

    assertThat(person.post("/sign-out", Map.of()).path()).isEqualTo("/sign-in");

    assertThat(with(after).ask("GET", "/api/v1/backups").status()).isEqualTo(401);
    Visitor.Answer cookie = with("planted-by-somebody").ask("GET", "/sign-in");
    assertThat(cookie.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("planted", "Domain=");
  }

  @Test
  void ofATokenTheStateHoldsTheHashAlone() throws NoSuchAlgorithmException {
    String token = site.token("READ");
    String[] parts = token.split("_", 3);
    Map<String, Object> row =
        site.state().sql("SELECT * FROM token WHERE id = ?").param(parts[1]).query().singleRow();

    assertThat(row.toString()).doesNotContain(token, parts[2]);
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(parts[2].getBytes(StandardCharsets.UTF_8)));
    String whole =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8)));
    assertThat(String.valueOf(row.get("secret_sha256"))).isIn(hash, whole);
    assertThat(parts[2]).hasSizeGreaterThanOrEqualTo(40);
    assertThat(site.state().sql("SELECT password FROM account").query(String.class).list())
        .isNotEmpty()
        .allMatch(stored -> stored.startsWith("$2a$12$") || stored.startsWith("{bcrypt}$2a$12$"));
  }

  @Test
  void whatAnotherSitesPageSendsIsRefusedWithTheRightTokenToo() {
    Asker admin = Asker.person(client, site, "admin", site.adminOfItsOwn());
    Asker program = Asker.program(client, site, "program", site.token("EVERYTHING"));
    String port = site.url().substring(site.url().lastIndexOf(':'));
    List<String> files = site.files();
    List<String> wrong = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      if (!call.looks()) {
        Visitor.Answer answer =
            admin.ask(call.method(), call.ofNothing(), "Origin", "https://elsewhere.example");
        if (answer.status() != 403 || !saysWhy(answer)) {
          wrong.add(call + " is " + answer.status());
        }
      }
    }
    assertThat(wrong).isEmpty();
    for (List<String> foreign :
        List.of(
            List.of("Origin", "null"),
            List.of("Origin", "http://127.0.0.1"),
            List.of("Origin", "https://127.0.0.1" + port),
            List.of("Origin", "http://127.0.0.1.elsewhere.example" + port),
            List.of("Origin", site.url() + ".elsewhere.example"),
            List.of("Origin", "no address"),
            List.of("Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "same-site"))) {
      Visitor.Answer page =
          admin.send(
              "POST", "/admin/backup", Asker.FORM, "reason=Forged", foreign.toArray(String[]::new));
      assertThat(page.status()).as(foreign.toString()).isEqualTo(403);
      assertThat(page.body()).contains("This came from another site");
      assertThat(
              Asker.nobody(client, site)
                  .ask("POST", "/sign-in", foreign.toArray(String[]::new))
                  .status())
          .isEqualTo(403);
    }
    assertThat(site.files()).isEqualTo(files);

    String reason = "{\"reason\":\"\"}";
    for (List<String> own :
        List.of(
            List.of("Origin", site.url()),
            List.of("Origin", site.url(), "Sec-Fetch-Site", "same-origin"),
            List.of("Sec-Fetch-Site", "none"),
            List.<String>of())) {
      String[] headers = own.toArray(String[]::new);
      for (Asker asker : List.of(admin, program)) {
        assertThat(
                asker.send("POST", "/api/v1/backups", "application/json", reason, headers).status())
            .as(asker.name() + own)
            .isEqualTo(400);
      }
    }
    assertThat(admin.ask("GET", "/admin/backup", "Sec-Fetch-Site", "cross-site").status())
        .as("a link on another site")
        .isEqualTo(200);
  }

  private static boolean saysWhy(Visitor.Answer answer) {
    return answer.body().contains("\"code\":\"ORIGIN\"")
        || answer.body().contains("This came from another site");
  }

  @Test
  void aTokenEndsWhenItsTimeIsOver() {
    Program program = new Program(site, "READ");
    assertThat(program.get("/api/v1/backups").status()).isEqualTo(200);

    site.state()
        .sql("UPDATE token SET expires_at = ? WHERE id = ?")
        .params(
            OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1), program.token().split("_", 3)[1])
        .update();

    Visitor.Answer after = program.get("/api/v1/backups");
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.json().get("code").stringValue()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void aTokenMayNoMoreThanWhoeverMadeIt() {
    Visitor second = site.user("tessa", "ADMIN");
    String token =
        second
            .post("/admin/tokens", Map.of("name", "hers", "scope", "EVERYTHING", "days", "1"))
            .element("new-token");
    Asker program = Asker.program(client, site, "hers", token);
    assertThat(program.ask("GET", "/api/v1/users").status()).isEqualTo(200);
    String id =
        site.state()
            .sql("SELECT id FROM account WHERE name = 'tessa'")
            .query(String.class)
            .single();

    site.admin()
        .post("/admin/users/" + id + "/access", Map.of("role", "AUDITOR", "enabled", "true"));
    assertThat(program.ask("GET", "/api/v1/users").status()).isEqualTo(403);
    assertThat(program.ask("GET", "/api/v1/backups").status()).isEqualTo(200);

    site.admin().post("/admin/users/" + id + "/access", Map.of("role", "AUDITOR"));
    assertThat(program.ask("GET", "/api/v1/backups").status()).isEqualTo(401);
  }

  /** From another address of this machine, so that nobody else's test has to wait. */
  @Test
  void anAddressThatGuessesAtManyNamesIsSlowedDownAndOthersAreNot() throws IOException {
    Visitor guesser = new Visitor(site.url(), InetAddress.getByName("127.0.0.77"));
    for (int guess = 0; guess < 20; guess++) {
      assertThat(guesser.signIn("guessed" + guess, "a guess").body()).contains("is not right");
    }

    Visitor.Answer slowed = guesser.signIn("guessed20", "a guess");
    assertThat(slowed.body()).contains("Too many attempts");
    assertThat(slowed.status()).isEqualTo(429);
    assertThat(Integer.parseInt(slowed.header("Retry-After"))).isBetween(1, 900);
    assertThat(guesser.signIn("admin", Site.PASSWORD).body())
        .as("the right one, too soon")
        .contains("Too many attempts");
    Visitor lying = new Visitor(site.url(), InetAddress.getByName("127.0.0.77"), "192.0.2.1");
    assertThat(lying.signIn("guessed21", "a guess").body())
        .as("who says to come from elsewhere")
        .contains("Too many attempts");
    Visitor other = new Visitor(site.url(), InetAddress.getByName("127.0.0.78"));
    assertThat(other.signIn("admin", Site.PASSWORD).path()).isEqualTo("/admin/backup");
  }

  @Test
  void guessingAtThePasswordOfAnOpenSessionIsSlowedDownToo() {
    Visitor person = site.user("petra", "OPERATOR");
    for (int guess = 0; guess < 5; guess++) {
      assertThat(person.choosePassword("a guess", "another good one").status()).isEqualTo(422);
    }

    Visitor.Answer slowed = person.choosePassword("a guess", "another good one");

    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.body()).contains("Too many attempts");
    assertThat(slowed.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(person.choosePassword(Site.PASSWORD, "another good one").status())
        .as("the right one, too soon")
        .isEqualTo(429);
  }

  @Test
  void noPageRunsOrLoadsWhatIsNotAFileOfThisServer() {
    Furnished furnished = Furnished.of(site);
    Asker admin = Asker.person(client, site, "admin", site.adminOfItsOwn());
    List<Visitor.Answer> pages = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      if (call.looks() && !call.forPrograms()) {
        furnished.addresses(call).forEach(path -> pages.add(admin.ask("GET", path)));
      }
    }
    pages.add(admin.ask("GET", "/admin/nothing"));
    pages.add(admin.ask("GET", "/admin/backup?page=x"));
    pages.add(admin.withoutToken().ask("POST", "/admin/backup"));
    pages.add(Asker.nobody(client, site).ask("GET", "/sign-in"));
    pages.add(Asker.nobody(client, site).ask("GET", "/sign-in?failed"));
    String policy = admin.ask("GET", "/admin/backup").header("Content-Security-Policy");
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'")
        .contains("form-action 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http:");

    List<String> wrong = new ArrayList<>();
    int html = 0;
    for (Visitor.Answer page : pages) {
      if (!page.header("Content-Security-Policy").equals(policy)
          || !page.header("X-Content-Type-Options").equals("nosniff")) {
        wrong.add(page.path() + ": its headers");
      }
      if (page.header("Content-Type").startsWith("text/html")) {
        html += page.status() == 200 ? 1 : 0;
        inline(page.body()).forEach(found -> wrong.add(page.path() + ": " + found));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(html).isGreaterThan(25);
  }

  private static List<String> inline(String body) {
    List<String> found = new ArrayList<>();
    for (MatchResult tag : TAG.matcher(body).results().toList()) {
      String text = tag.group();
      // What stands between quotation marks is text, whatever it looks like.
      if (FORGED.matcher(text.replaceAll("\"[^\"]*\"", "\"\"")).find()
          || ELSEWHERE.matcher(text).find()
          || text.startsWith("<style")
          || text.startsWith("<iframe")
          || text.startsWith("<base")) {
        found.add(text);
      }
    }
    SCRIPT
        .matcher(body)
        .results()
        .filter(script -> !script.group(1).contains(" src=") || !script.group(2).isBlank())
        .forEach(script -> found.add(script.group()));
    return found;
  }

  @Test
  void theScanFindsWhatItLooksFor() {
    for (String bad :
        List.of(
            "<p style=\"color:red\">",
            "<a onclick=\"x()\">",
            "<script>x()</script>",
            "<script src=\"//cdn.example/x.js\"></script>",
            "<a href=\"javascript:x()\">",
            "<style>",
            "<form action=\"https://elsewhere.example\">")) {
      assertThat(inline(bad)).as(bad).isNotEmpty();
    }
    assertThat(inline("<script src=\"/assets/coffer.js\"></script><p>style=1 onclick=2</p>"))
        .isEmpty();
  }
}
