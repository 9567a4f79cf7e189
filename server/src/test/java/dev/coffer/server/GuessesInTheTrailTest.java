package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Whoever guesses on does not fill the audit trail. */
@ExtendWith(SharedSite.class)
class GuessesInTheTrailTest {

  @Test
  void guessesThatAreNotMadeAreWrittenDownOnce(Site site) {
    Visitor guesser = new Visitor(site.url(), InetAddress.ofLiteral("127.0.0.77"));
    for (int guess = 0; guess < 5; guess++) {
      guesser.signIn("nobody-at-all", "guess");
    }
    for (int guess = 0; guess < 4; guess++) {
      assertThat(guesser.signIn("nobody-at-all", "guess").body()).contains("Too many attempts");
    }
    assertThat(guesser.signIn("a\0b" + "c".repeat(50_000), "guess").body())
        .contains("The name or the password is not right");

    JsonNode newest =
        new Program(site, "EVERYTHING").get("/api/v1/audit?size=50").json().get("items");
    assertThat(
            newest
                .valueStream()
                .filter(entry -> entry.get("actor").stringValue().equals("nobody-at-all"))
                .filter(entry -> entry.get("outcome").stringValue().equals("REFUSED")))
        .hasSize(1);
  }
}
