package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked twice is done once. */
class IdempotencyTest {
  private static final String KEY = "Idempotency-Key";
  private static final String BACKUPS = "/api/v1/backups";
  private static final String PORTAL = "/api/admin/comprehensive-backup";

  @Test
  void theSameKeyGetsTheSameAnswer() throws Exception {
    try (Site site = Site.ready()) {
      Program program = new Program(site, "EVERYTHING");
      theAnswerComesAgain(program);
      manyAtOnceMakeOne(site, program);
      theOnesThatRefuseAreNotKept(program);
      thoseWhoWaitLeaveThreadsForOthers(site, program);
      itOutlivesARestartAndKeepsNoSecret(site, program);
    }
  }

  private static void theAnswerComesAgain(Program program) {
    Visitor.Answer first = program.post(BACKUPS, "{\"reason\":\"once\"}", KEY, "\"a\"");
    Visitor.Answer again = program.post(BACKUPS, "{\"reason\":\"once\"}", KEY, "a");
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    Visitor.Answer other = program.post(BACKUPS, "{\"reason\":\"other\"}", KEY, "a");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().get("code").stringValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(program.post(PORTAL, "{\"reason\":\"once\"}", KEY, "a").status()).isEqualTo(422);
    assertThat(program.post(BACKUPS, "{\"reason\":\"once\"}", KEY, "k".repeat(201)).status())
        .isEqualTo(400);
    program.ended(first);
  }

  private static void manyAtOnceMakeOne(Site site, Program program)
      throws InterruptedException, ExecutionException {
    long before = site.files().stream().filter(name -> name.endsWith(".json.zst")).count();
    Callable<Visitor.Answer> call =
        () -> program.at(site).post(PORTAL, "{\"reason\":\"at once\"}", KEY, "b");
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<Visitor.Answer>> answers =
          threads.invokeAll(List.of(call, call, call, call, call, call));
      String expected = answers.getFirst().get().body();
      for (Future<Visitor.Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo(expected);
      }
    }
    assertThat(site.files().stream().filter(name -> name.endsWith(".json.zst")).count())
        .isEqualTo(before + 1);
  }

  private static void thoseWhoWaitLeaveThreadsForOthers(Site site, Program program)
      throws SQLException, InterruptedException, ExecutionException {
    Waiting.until("the end of the work before", site::idle);
    Callable<Visitor.Answer> call = () -> program.post(PORTAL, "{\"reason\":\"many\"}", KEY, "e");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = site.portal().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE sales IN ACCESS EXCLUSIVE MODE");
      List<Future<Visitor.Answer>> answers =
          Stream.generate(() -> threads.submit(call)).limit(20).toList();
      Waiting.until(
          "three of twenty to be turned away",
          () -> answers.stream().filter(Future::isDone).count() == 3);
      other.rollback();
      for (Future<Visitor.Answer> each : answers) {
        Visitor.Answer answer = each.get();
        if (answer.status() != 200) {
          assertThat(answer.status()).isEqualTo(409);
          assertThat(answer.json().get("code").stringValue()).isEqualTo("REQUEST_UNDERWAY");
          assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
      }
    }
  }

  private static void theOnesThatRefuseAreNotKept(Program program) {
    assertThat(program.post(BACKUPS, "{\"reason\":\"\"}", KEY, "c").status()).isEqualTo(400);
    assertThat(program.post(BACKUPS, "{\"reason\":\"better\"}", KEY, "c").status()).isEqualTo(202);
  }

  private static void itOutlivesARestartAndKeepsNoSecret(Site site, Program program)
      throws IOException {
    String body = "{\"name\":\"twice\",\"scope\":\"READ\"}";
    Visitor.Answer first = program.post("/api/v1/tokens", body, KEY, "d");
    String secret = first.json().get("text").stringValue();
    Program other = new Program(site, "EVERYTHING");
    assertThat(other.post("/api/v1/tokens", body, KEY, "d").body())
        .as("another caller's key is another key")
        .isNotEqualTo(first.body());
    site.restart(() -> assertNotStored(site, secret));
    Visitor.Answer again = program.at(site).post("/api/v1/tokens", body, KEY, "d");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  private static void assertNotStored(Site site, String secret) {
    try {
      byte[] state = Files.readAllBytes(site.home().resolve("state/coffer.mv.db"));
      assertThat(new String(state, StandardCharsets.ISO_8859_1))
          .doesNotContain(secret)
          .doesNotContain(secret.substring(secret.lastIndexOf('_') + 1));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
