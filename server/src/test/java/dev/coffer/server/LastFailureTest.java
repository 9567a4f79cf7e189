package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That the last backup failed is said until one succeeds. */
@ExtendWith(SharedSite.class)
class LastFailureTest {

  @Test
  void otherWorkDoesNotHideIt(Site site) {
    JdbcClient state = site.state();
    try {
      job(state, "BACKUP", "FAILED", Instant.now().plusSeconds(60));
      for (int check = 0; check < 25; check++) {
        job(state, "VERIFICATION", "DONE", Instant.now().plusSeconds(120 + check));
      }

      assertThat(site.admin().get("/api/v1/protection").json().get("attention").toString())
          .contains("The last backup that was begun has failed", "no space was left");
    } finally {
      state.sql("DELETE FROM job WHERE subject = 'made up'").update();
    }
  }

  private static void job(JdbcClient state, String kind, String how, Instant at) {
    state
        .sql(
            "INSERT INTO job (id, kind, state, subject, reason, actor, address, created_at,"
                + " ended_at, seen_at, outcome) VALUES (?, ?, ?, 'made up', '', 'ann', '', ?, ?, ?,"
                + " 'no space was left')")
        .param(UUID.randomUUID().toString())
        .param(kind)
        .param(how)
        .param(at.atOffset(ZoneOffset.UTC))
        .param(at.atOffset(ZoneOffset.UTC))
        .param(at.atOffset(ZoneOffset.UTC))
        .update();
  }
}
