package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.audit.Actor;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.Work;
import dev.coffer.testkit.Waiting;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is being read is not deleted, and a key is kept no longer than its plan. */
@ExtendWith(SharedSite.class)
class BackupInUseTest {
  private static final String RESTORES = "/api/v1/restores";

  @Test
  void aBackupStaysWhileItIsNeeded(Site site) {
    Program program = new Program(site, "EVERYTHING");
    String name = taken(site, program);
    String delete = "/api/v1/backups/" + name + "?reason=trial";
    JobRunner runner = site.part("jobRunner", JobRunner.class);
    CountDownLatch go = new CountDownLatch(1);

    Job check = block(runner, JobKind.VERIFICATION, name, go);
    refused(program, delete, "it is being checked");
    for (int time = 0; time < 2; time++) {
      assertThat(program.post("/api/v1/backups/" + name + "/verify", "{}").header("Location"))
          .as("the check that is under way")
          .isEqualTo("/api/v1/jobs/" + check.id());
    }
    go.countDown();
    runner.await(check);

    String id =
        program
            .post(RESTORES, "{\"backup\":\"" + name + "\",\"withoutKey\":true}")
            .json()
            .get("subject")
            .stringValue();
    Waiting.until("the plan", () -> state(program, id).equals("PLANNED"));
    refused(program, delete, "admin (token portal) has planned a restore from it");
    Visitor.Answer page =
        site.admin().post("/admin/backup/" + name + "/delete", Map.of("reason", "trial"));
    assertThat(page.body()).contains("has planned a restore from it");
    assertThat(site.files()).contains(name);
  }

  @Test
  void aBackupThatIsGoneIsNotSaidToBeDeleted(Site site) throws Exception {
    Program program = new Program(site, "EVERYTHING");
    String name = taken(site, program);
    JobRunner runner = site.part("jobRunner", JobRunner.class);
    assertThat(runner.waiting(JobKind.PROOF)).isZero();
    Files.delete(site.backups().resolve("comprehensive").resolve(name));

    program.call("DELETE", "/api/v1/backups/" + name + "?reason=trial", "");

    assertThat(program.get("/api/v1/audit?subject=" + name).body())
        .contains("BACKUP_CREATED")
        .doesNotContain("BACKUP_DELETED");
  }

  @Test
  void aCancelledPlanForgetsItsKey(Site site) throws Exception {
    Program program = new Program(site, "EVERYTHING");
    String name = taken(site, program);
    String key =
        Files.readString(site.home().resolve("keys/identity.txt"))
            .lines()
            .filter(line -> line.startsWith("AGE-SECRET-KEY-1"))
            .findFirst()
            .orElseThrow();
    JobRunner runner = site.part("jobRunner", JobRunner.class);
    CountDownLatch go = new CountDownLatch(1);
    Job before = block(runner, JobKind.RESTORE, "another", go);
    Visitor.Answer begun =
        program.post(RESTORES, "{\"backup\":\"" + name + "\",\"identity\":\"" + key + "\"}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    String id = begun.json().get("subject").stringValue();

    program.call("DELETE", begun.header("Location"), "");

    assertThat(state(program, id)).isEqualTo("CANCELLED");
    assertThat(site.admin().get("/admin/restore/plan/" + id).body())
        .contains("The database is as it was")
        .doesNotContain("Make the plan again");
    go.countDown();
    runner.await(before);
  }

  private static String taken(Site site, Program program) {
    String name =
        program
            .ended(program.post("/api/v1/backups", "{\"reason\":\"In use\"}"))
            .get("subject")
            .stringValue();
    Waiting.until("the end of its proof", site::idle);
    return name;
  }

  private static String state(Program program, String id) {
    return program.get(RESTORES + "/" + id).json().get("state").stringValue();
  }

  private static void refused(Program program, String delete, String why) {
    Visitor.Answer answer = program.call("DELETE", delete, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    assertThat(answer.json().get("code").stringValue()).isEqualTo("BACKUP_IN_USE");
    assertThat(answer.json().get("detail").stringValue()).contains(why);
  }

  private static Job block(JobRunner runner, JobKind kind, String subject, CountDownLatch go) {
    return runner.submit(
        kind,
        subject,
        "",
        new Actor("ann", "192.0.2.1"),
        progress -> {
          try {
            go.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return new Work.Result(subject, "");
        },
        over -> {});
  }
}
