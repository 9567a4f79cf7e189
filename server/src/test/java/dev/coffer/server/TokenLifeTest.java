package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A token ends when it should. */
@ExtendWith(SharedSite.class)
class TokenLifeTest {
  private static final String TOKENS = "/api/v1/tokens";

  @Test
  void aTokenMakesNoneThatOutlivesIt(Site site) {
    Program program = new Program(site, "EVERYTHING");

    JsonNode made =
        program
            .post(TOKENS, "{\"name\":\"heir\",\"scope\":\"EVERYTHING\",\"days\":366}")
            .json()
            .get("token");

    assertThat(Instant.parse(made.get("expiresAt").stringValue()))
        .isBefore(Instant.now().plus(Duration.ofDays(1)));
  }

  @Test
  void aNewPasswordByAnAdminEndsTheUsersTokens(Site site) {
    Visitor tina = site.user("tina", "ADMIN");
    Program program =
        new Program(
            site.visitor(),
            tina.post("/admin/tokens", Map.of("name", "tinas", "scope", "READ", "days", "9"))
                .element("new-token"));
    assertThat(program.get("/api/v1/backups").status()).isEqualTo(200);
    Program admin = new Program(site, "EVERYTHING");
    String id =
        admin
            .get("/api/v1/users?size=100")
            .json()
            .get("items")
            .valueStream()
            .filter(user -> user.get("name").stringValue().equals("tina"))
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();

    assertThat(admin.post("/api/v1/users/" + id + "/password", "{}").status()).isEqualTo(200);

    assertThat(program.get("/api/v1/backups").status()).isEqualTo(401);
    assertThat(admin.get("/api/v1/backups").status()).isEqualTo(200);
    assertThat(admin.get("/api/v1/audit?subject=tinas").body())
        .contains("TOKEN_REVOKED", "with the password of tina");
  }
}
