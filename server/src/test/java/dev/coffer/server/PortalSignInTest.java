package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The portal's own admins at Coffer's door. */
class PortalSignInTest {
  private static final String PASSWORD = "the portal's password";
  private static final String HASH = new BCryptPasswordEncoder(8).encode(PASSWORD);
  private static Site site;
  private static String id;

  @BeforeAll
  static void open() {
    site = Site.ready();
    id = "127.0.0.1:" + Servers.embedded(18).port() + "/" + site.portal().name();
    let(true);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static Visitor.Answer let(boolean on) {
    return site.admin()
        .post("/admin/settings/portal-sign-in", Map.of("id", id, "on", Boolean.toString(on)));
  }

  /** Somebody of the portal whose hash begins in one of the ways that bcrypt's do. */
  private static void person(String email, String role, String version) {
    site.portal()
        .execute(
            "INSERT INTO users (id, email, password, role, \"createdAt\", \"updatedAt\") VALUES"
                + " (md5('%1$s'), '%1$s', '%2$s', '%3$s', now(), now())"
                    .formatted(email, HASH.replaceFirst("2a", version), role));
  }

  private static Visitor signedIn(String email) {
    Visitor visitor = site.visitor();
    Visitor.Answer answer = visitor.signIn(email, PASSWORD);
    assertThat(answer.path()).as(answer.body()).isEqualTo("/admin/backup");
    return visitor;
  }

  @Test
  void anAdminOfThePortalGetsInWithTheirOwnPassword() {
    for (String version : List.of("2a", "2b", "2y")) {
      person("Ann." + version + "@portal.example", "ADMIN", version);

      Visitor ann = signedIn("ann." + version + "@PORTAL.example");

      assertThat(ann.get("/admin/users").status()).isEqualTo(200);
    }
    Visitor ann = signedIn("ann.2b@portal.example");
    assertThat(site.admin().get("/admin/audit").body()).contains("ann.2b@portal.example (portal)");
    assertThat(ann.get("/password").body())
        .contains("changed in the portal")
        .doesNotContain("name=\"chosen\"");
    assertThat(ann.choosePassword(PASSWORD, "another long password").status()).isEqualTo(422);
    assertThat(ann.post("/admin/tokens", Map.of("name", "x", "scope", "READ", "days", "1")).body())
        .contains("Tokens belong to Coffer");
  }

  @Test
  void nobodyElseDoes() {
    person("agent@portal.example", "AGENT", "2b");
    person("plain@portal.example", "ADMIN", "2b");
    site.portal()
        .execute("UPDATE users SET password = '[ENCRYPTED]' WHERE email = 'plain@portal.example'");
    person("twice@portal.example", "ADMIN", "2b");
    person("Twice@portal.example", "ADMIN", "2b");
    person("right@portal.example", "ADMIN", "2b");

    for (String email :
        List.of(
            "agent@portal.example",
            "plain@portal.example",
            "twice@portal.example",
            "nobody@portal.example",
            "' OR true --")) {
      assertThat(site.visitor().signIn(email, PASSWORD).body()).as(email).contains("is not right");
    }
    assertThat(site.visitor().signIn("right@portal.example", "wrong").body())
        .contains("is not right");
    assertThat(site.visitor().signIn("plain@portal.example", "[ENCRYPTED]").body())
        .contains("is not right");
    assertThat(site.admin().get("/admin/audit").body()).contains("not an admin in the portal");
  }

  @Test
  void anAccountOfCoffersOwnGoesBeforeOneOfTheSameName() {
    person("both@portal.example", "ADMIN", "2b");
    Visitor before = signedIn("both@portal.example");

    Visitor own = site.user("both@portal.example", "AUDITOR");

    assertThat(own.get("/admin/users").status()).isEqualTo(403);
    assertThat(site.visitor().signIn("both@portal.example", PASSWORD).body())
        .contains("is not right");
    assertThat(before.get("/admin/backup").path()).isEqualTo("/sign-in");
  }

  @Test
  void whatChangesInThePortalEndsTheSession() {
    Map<String, String> changes =
        Map.of(
            "moved@portal.example", "UPDATE users SET password = '" + HASH + "x' WHERE email = ",
            "demoted@portal.example", "UPDATE users SET role = 'AGENT' WHERE email = ",
            "gone@portal.example", "DELETE FROM users WHERE email = ");
    changes.forEach((email, change) -> {
      person(email, "ADMIN", "2b");
      // Nothing has been asked for yet in this session, so it is looked up at the first request.
      Visitor visitor = site.visitor();
      Visitor.Answer in = visitor.signInWithoutFollowing(email, PASSWORD);
      assertThat(in.status()).isEqualTo(302);
      site.portal().execute(change + "'" + email + "'");

      assertThat(visitor.get("/admin/backup").path()).as(email).isEqualTo("/sign-in");
    });
  }

  @Test
  void guessingIsSlowedDownAsForAnybody() {
    person("victim@portal.example", "ADMIN", "2b");
    Visitor guesser = site.visitor();
    for (int guess = 0; guess < 5; guess++) {
      assertThat(guesser.signIn("victim@portal.example", "guess").body()).contains("is not right");
    }
    assertThat(guesser.signIn("victim@portal.example", PASSWORD).body())
        .contains("Too many attempts");
  }

  @Test
  void itIsOffUntilAnAdminSwitchesItOnAndOffAtOnce() {
    try (Site other = Site.ready()) {
      String there = "127.0.0.1:" + Servers.embedded(18).port() + "/" + other.portal().name();
      other
          .portal()
          .execute(
              "INSERT INTO users (id, email, password, role, \"createdAt\", \"updatedAt\") VALUES"
                  + " ('new', 'new@portal.example', '"
                  + HASH
                  + "', 'ADMIN', now(), now())");
      Visitor visitor = other.visitor();
      assertThat(visitor.signIn("new@portal.example", PASSWORD).body()).contains("is not right");
      Map<String, String> on = Map.of("id", there, "on", "true");
      assertThat(other.admin().post("/admin/settings/portal-sign-in", on).body())
          .contains("may sign in now");
      assertThat(visitor.signIn("new@portal.example", PASSWORD).path()).isEqualTo("/admin/backup");

      other.portal().close();
      assertThat(visitor.get("/admin/backup").path())
          .as("a session goes on while the database is away")
          .isEqualTo("/admin/backup");
      Visitor local = other.visitor();
      assertThat(local.signIn("admin", Site.PASSWORD).path()).isEqualTo("/admin/backup");
      long before = System.nanoTime();
      assertThat(other.visitor().signIn("new@portal.example", PASSWORD).body())
          .contains("cannot be checked at the moment");
      assertThat(other.visitor().signIn("admin", "wrong").body())
          .as("the same of a name that exists")
          .contains("cannot be checked at the moment");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      assertThat(
              other
                  .admin()
                  .post("/admin/settings/portal-sign-in", Map.of("id", there, "on", "false"))
                  .body())
          .contains("may not sign in any more");
      assertThat(visitor.get("/admin/backup").path()).isEqualTo("/sign-in");
      assertThat(other.admin().post("/admin/settings/portal-sign-in", on).body())
          .as("a database that does not answer")
          .contains("alert-danger");
    }
  }
}
