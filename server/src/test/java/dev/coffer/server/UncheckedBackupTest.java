package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A backup that is there is said to be there, whatever happened after it. */
@ExtendWith(SharedSite.class)
class UncheckedBackupTest {

  @Test
  void aBackupWhoseCheckFailsIsDoneAndNamed(Site site) {
    Program program = new Program(site, "CREATE");
    JdbcClient state = site.state();
    state.sql("ALTER TABLE verification RENAME TO verification_away").update();
    JsonNode job;
    try {
      job = program.ended(program.post("/api/v1/backups", "{\"reason\":\"Unchecked\"}"));
    } finally {
      state.sql("ALTER TABLE verification_away RENAME TO verification").update();
    }

    assertThat(job.get("state").stringValue()).isEqualTo("DONE");
    assertThat(job.get("outcome").stringValue()).contains("could not be checked");
    String name = job.get("subject").stringValue();
    assertThat(site.files()).contains(name);
    assertThat(site.admin().get("/admin/audit").body()).contains(name);
  }
}
