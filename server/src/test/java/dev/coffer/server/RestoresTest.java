package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Restores over HTTP, against a real portal's database. */
class RestoresTest {
  private static final String RESTORES = "/api/v1/restores";
  private static Site site = Site.ready();
  private static String bearer = "";
  private static String backup = "";

  @BeforeAll
  static void backUp() {
    bearer = "Bearer " + site.token("RESTORE");
    String create = "Bearer " + site.token("CREATE");
    backup =
        site.visitor()
            .postJson(
                "/api/admin/comprehensive-backup",
                "{\"reason\":\"Before the tests\"}",
                "Authorization",
                create)
            .json()
            .get("backupFileName")
            .stringValue();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static Visitor.Answer post(String path, Map<String, ?> body) {
    return site.visitor()
        .postJson(path, JsonMapper.shared().writeValueAsString(body), "Authorization", bearer);
  }

  private static JsonNode get(String path) {
    Visitor.Answer answer = site.visitor().get(path, "Authorization", bearer);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** Plans, and gives the plan's id once the plan is there. */
  private static String plan(Map<String, ?> body) {
    Visitor.Answer answer = post(RESTORES, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.header("Location")).startsWith("/api/v1/jobs/");
    String id = answer.json().get("subject").stringValue();
    settled(id);
    return id;
  }

  /** The state in which a restore comes to rest. */
  private static String settled(String id) {
    Waiting.until("the end of " + id, () -> !List.of("PLANNING", "APPLYING").contains(state(id)));
    return state(id);
  }

  private static String state(String id) {
    return get(RESTORES + "/" + id).get("state").stringValue();
  }

  private static String code(String id) {
    return get(RESTORES + "/" + id).get("problem").get("code").stringValue();
  }

  private static String confirm(String id) {
    Visitor.Answer answer =
        post(RESTORES + "/" + id + "/confirm", Map.of("confirm", site.portal().name()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return settled(id);
  }

  private static String customer(int number) {
    return site.portal().value("SELECT id FROM sales ORDER BY id OFFSET " + number + " LIMIT 1");
  }

  private static long sales() {
    return Long.parseLong(site.portal().value("SELECT count(*) FROM sales"));
  }

  private static String everyRow() {
    return site.portal()
        .value(
            "SELECT md5(string_agg(t, ',' ORDER BY t)) FROM (SELECT s::text FROM sales s UNION ALL"
                + " SELECT a::text FROM appliances a UNION ALL SELECT u::text FROM users u UNION ALL"
                + " SELECT m::text FROM sms_logs m UNION ALL SELECT l::text FROM \"LeadToSaleLink\" l)"
                + " AS r(t)");
  }

  private static void delete(String customer) {
    site.portal().execute("DELETE FROM \"LeadToSaleLink\" WHERE sale_id = '" + customer + "'");
    site.portal().execute("DELETE FROM \"EmailLog\" WHERE \"saleId\" = '" + customer + "'");
    site.portal().execute("DELETE FROM \"CommunicationLog\" WHERE \"saleId\" = '" + customer + "'");
    site.portal().execute("DELETE FROM sales WHERE id = '" + customer + "'");
  }

  @Test
  void thePortalsCallPutsEverythingBack() {
    String before = everyRow();
    String gone = customer(0);
    delete(gone);
    String deleted = everyRow();

    Visitor.Answer wrong =
        post("/api/admin/restore", Map.of("backupFilename", backup, "confirmationCode", "yes"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().get("code").stringValue()).isEqualTo("CONFIRMATION_WRONG");
    assertThat(wrong.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(everyRow()).isEqualTo(deleted);

    Visitor.Answer answer =
        post(
            "/api/admin/restore",
            Map.of("backupFilename", backup, "confirmationCode", site.portal().name()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode done = answer.json();
    assertThat(done.get("success").booleanValue()).isTrue();
    assertThat(done.get("message").stringValue()).contains("1 customer", "nothing was deleted");
    assertThat(done.get("restoreId").stringValue()).startsWith("R-");
    assertThat(table(done.get("tables"), "sales").get("inserted").intValue()).isEqualTo(1);
    assertThat(everyRow()).isEqualTo(before);
    String safety = done.get("safetyBackup").stringValue();
    assertThat(site.files()).contains(safety);
    assertThat(site.admin().get("/admin/backup").body()).contains(safety);
    assertThat(site.admin().get("/admin/audit").body())
        .contains("Database restored", "Refused", "1 customer");
    assertThat(site.admin().get("/admin/restores").body())
        .contains(done.get("restoreId").stringValue(), "admin (token portal)");
  }

  @Test
  void nobodyElseMayRestore() {
    Visitor operator = site.user("oscar", "OPERATOR");
    Visitor auditor = site.user("audrey", "AUDITOR");
    String body = "{\"backupFilename\":\"" + backup + "\",\"confirmationCode\":\"x\"}";
    String creating = "Bearer " + site.token("CREATE");

    assertThat(site.visitor().postJson("/api/admin/restore", body).status()).isEqualTo(401);
    assertThat(
            site.visitor().postJson("/api/admin/restore", body, "Authorization", creating).status())
        .isEqualTo(403);
    assertThat(site.visitor().get(RESTORES, "Authorization", creating).status()).isEqualTo(403);
    for (Visitor visitor : List.of(operator, auditor)) {
      assertThat(visitor.get("/admin/restore").status()).isEqualTo(403);
      assertThat(visitor.post("/admin/restore", Map.of("backup", backup)).status()).isEqualTo(403);
      assertThat(visitor.get("/admin/backup/" + backup).body()).doesNotContain("Restore…");
      assertThat(visitor.get("/admin/restores").status()).isEqualTo(200);
      assertThat(visitor.post("/admin/restore/settle", Map.of()).status()).isEqualTo(403);
    }
    assertThat(site.admin().get("/admin/backup/" + backup).body()).contains("Restore…");
  }

  @Test
  void aCustomerComesBackAndTheUndoTakesThatBack() {
    String gone = customer(1);
    String email = site.portal().value("SELECT email FROM sales WHERE id = '" + gone + "'");
    String before = everyRow();
    delete(gone);
    String deleted = everyRow();

    String id = plan(Map.of("backup", backup, "customer", email));

    JsonNode changes = get(RESTORES + "/" + id).get("changes");
    assertThat(changes.get("summary").stringValue())
        .contains("1 customer", "come back", "nothing is deleted");
    assertThat(changes.get("records").get("records").get(0).get("key").get(0).stringValue())
        .isEqualTo(gone);
    assertThat(everyRow()).as("a plan changes nothing").isEqualTo(deleted);
    Visitor.Answer wrong = post(RESTORES + "/" + id + "/confirm", Map.of("confirm", "PORTAL"));
    assertThat(wrong.status()).isEqualTo(400);

    assertThat(confirm(id)).isEqualTo("DONE");
    assertThat(everyRow()).isEqualTo(before);
    JsonNode done = get(RESTORES + "/" + id).get("changes");
    String restoreId = done.get("restoreId").stringValue();
    assertThat(done.get("applied").booleanValue()).isTrue();
    String safety = done.get("safetyBackup").stringValue();
    assertThat(code(plan(Map.of("backup", safety))))
        .as("it holds one customer alone: to be equal to it, all others would be deleted")
        .isEqualTo("USAGE");
    assertThat(site.admin().get("/admin/restore").body()).doesNotContain(safety);
    theSafetyFileCountsAsNoBackup(safety);
    assertThat(site.admin().get("/admin/restore?what=everything&backup=" + safety).body())
        .contains("holds only the records")
        .doesNotContain("Exactly as in the backup");

    Visitor.Answer preview = post(RESTORES + "/" + restoreId + "/undo", Map.of());
    assertThat(preview.status()).isEqualTo(202);
    String undo = preview.json().get("subject").stringValue();
    assertThat(settled(undo)).isEqualTo("PLANNED");
    assertThat(get(RESTORES + "/" + undo).get("changes").get("summary").stringValue())
        .contains("1 customer", "are deleted");
    assertThat(confirm(undo)).isEqualTo("DONE");
    assertThat(everyRow()).isEqualTo(deleted);
    assertThat(site.admin().get("/admin/restore/plan/" + undo).body())
        .as("nothing was written, so nothing is said to have been read back")
        .contains("Undone")
        .doesNotContain("read back");
    JsonNode past = get(RESTORES + "/" + restoreId);
    assertThat(past.get("undoneBy").stringValue()).startsWith("R-");
    assertThat(past.get("createdBy").stringValue()).isEqualTo("admin (token portal)");
    Visitor.Answer again = post(RESTORES + "/" + restoreId + "/undo", Map.of());
    String twice = again.json().get("subject").stringValue();
    assertThat(settled(twice)).isEqualTo("REFUSED");
    assertThat(code(twice)).isEqualTo("RESTORE_NOT_FOUND");
    assertThat(confirm(plan(Map.of("backup", backup, "customer", email)))).isEqualTo("DONE");
  }

  private static void theSafetyFileCountsAsNoBackup(String safety) {
    Visitor admin = site.admin();
    assertThat(admin.get("/api/v1/protection").json().get("newest").get("name").stringValue())
        .as("the newest that holds everything")
        .isNotEqualTo(safety);
    assertThat(admin.get("/admin/backup/" + safety).body())
        .contains("Some records", "There is no backup of this kind before it")
        .doesNotContain("Prove it");
    Visitor.Answer proof = admin.post("/admin/backup/" + safety + "/prove", Map.of());
    assertThat(proof.body()).contains("holds only the records that a restore touched");
  }

  @Test
  void anUndoSaysBeforehandWhatChangedSince() {
    String changed = customer(2);
    String set = "UPDATE sales SET notes = '%s' WHERE id = '" + changed + "'";
    site.portal().execute(set.formatted("spoiled"));
    Map<String, ?> body =
        Map.of("backup", backup, "records", List.of("sales/" + changed), "mode", "merge");
    String id = plan(body);
    assertThat(confirm(id)).isEqualTo("DONE");
    String restoreId = get(RESTORES + "/" + id).get("changes").get("restoreId").stringValue();
    String preview =
        post(RESTORES + "/" + restoreId + "/undo", Map.of()).json().get("subject").stringValue();
    assertThat(settled(preview)).isEqualTo("PLANNED");
    JsonNode example =
        table(get(RESTORES + "/" + preview).get("changes").get("tables"), "sales")
            .get("examples")
            .get(0);
    assertThat(example.get("what").stringValue()).isEqualTo("CHANGED");
    assertThat(example.get("key").stringValue()).contains(changed);
    assertThat(example.get("fields").size()).isEqualTo(1);
    assertThat(example.get("fields").get(0).get("column").stringValue()).isEqualTo("notes");
    assertThat(example.get("fields").get(0).get("then").stringValue()).isEqualTo("spoiled");
    assertThat(site.admin().get("/admin/restore/plan/" + preview).body())
        .contains("Examples", "Is changed back", "spoiled");
    site.portal().execute(set.formatted("changed again"));

    String undo =
        post(RESTORES + "/" + restoreId + "/undo", Map.of()).json().get("subject").stringValue();

    assertThat(settled(undo)).isEqualTo("REFUSED");
    assertThat(code(undo)).isEqualTo("ROWS_CHANGED_SINCE");
    assertThat(get(RESTORES + "/" + undo).get("problem").get("detail").stringValue())
        .contains(changed);
    assertThat(confirm(plan(body))).isEqualTo("DONE");
  }

  @Test
  void aPlanThatIsNoLongerRightIsNotApplied() {
    String spoiled = customer(3);
    String notes = "UPDATE sales SET notes = '%s' WHERE id = '" + spoiled + "'";
    site.portal().execute(notes.formatted("one"));
    Map<String, ?> body = Map.of("backup", backup, "tables", List.of("sales"), "mode", "merge");
    String id = plan(body);
    site.portal().execute(notes.formatted("two"));

    assertThat(confirm(id)).isEqualTo("FAILED");

    assertThat(code(id)).isEqualTo("PLAN_STALE");
    assertThat(site.portal().value("SELECT notes FROM sales WHERE id = '" + spoiled + "'"))
        .isEqualTo("two");
    Visitor admin = site.admin();
    String page = "/admin/restore/plan/" + id;
    assertThat(admin.get(page).body())
        .contains("The database has changed since this plan was made", "Make the plan again");
    admin.post(page + "/again", Map.of());
    assertThat(settled(id)).isEqualTo("PLANNED");
    assertThat(confirm(id)).isEqualTo("DONE");
    assertThat(
            post(RESTORES + "/" + id + "/confirm", Map.of("confirm", site.portal().name()))
                .status())
        .as("a plan is applied once")
        .isEqualTo(409);
    String restored = everyRow();
    assertThat(admin.post(page + "/confirm", Map.of("confirm", site.portal().name())).body())
        .as("a second tab is not told that nothing was changed")
        .contains("This restore was already done", "It was done on <time", "for <span>admin")
        .doesNotContain("alert-danger", "Nothing was changed", "has changed since this plan");
    assertThat(everyRow()).isEqualTo(restored);
    assertThat(admin.get(page).body()).doesNotContain("This restore was already done");
  }

  @Test
  void whileOneRestoresAnotherIsToldAndACancelledOneChangesNothing() throws SQLException {
    String spoiled = customer(4);
    site.portal().execute("UPDATE sales SET notes = 'x' WHERE id = '" + spoiled + "'");
    Map<String, ?> body = Map.of("backup", backup, "tables", List.of("sales"), "mode", "merge");
    String first = plan(body);
    String second = plan(body);
    String before = everyRow();
    try (Connection other = site.portal().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE sales IN ROW EXCLUSIVE MODE");
      assertThat(
              post(RESTORES + "/" + first + "/confirm", Map.of("confirm", site.portal().name()))
                  .status())
          .isEqualTo(202);
      Visitor.Answer told =
          post(RESTORES + "/" + second + "/confirm", Map.of("confirm", site.portal().name()));
      assertThat(told.status()).isEqualTo(409);
      assertThat(told.json().get("code").stringValue()).isEqualTo("RESTORE_RUNNING");
      Waiting.until(
          "the restore waits for the lock",
          () ->
              site.portal()
                  .value(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                          + " AND application_name = 'coffer restore'"
                          + " AND datname = current_database()")
                  .equals("1"));
      site.admin().post("/admin/restore/plan/" + first + "/cancel", Map.of());
      assertThat(settled(first)).isEqualTo("CANCELLED");
      other.rollback();
    }
    assertThat(everyRow()).isEqualTo(before);
    assertThat(state(second)).isEqualTo("PLANNED");
    assertThat(confirm(second)).isEqualTo("DONE");
  }

  @Test
  void aKeyIsCheckedAtOnceAndWrittenNowhere() throws IOException {
    String key = Files.readString(site.home().resolve("keys/identity.txt"));
    String secret =
        key.lines().filter(line -> line.startsWith("AGE-SECRET-KEY-1")).findFirst().orElseThrow();
    String other = other();
    String user = site.portal().value("SELECT id FROM users ORDER BY id LIMIT 1");
    String password = "SELECT password FROM users WHERE id = '" + user + "'";
    String before = site.portal().value(password);
    site.portal().execute("UPDATE users SET password = 'lost' WHERE id = '" + user + "'");

    for (String garbage : List.of("garbage", "age1abc", secret + "X", "AGE-SECRET-KEY-1")) {
      Visitor.Answer refused = post(RESTORES, Map.of("backup", backup, "identity", garbage));
      assertThat(refused.status()).as(garbage).isEqualTo(422);
      assertThat(refused.json().get("code").stringValue()).isEqualTo("KEY_INVALID");
      assertThat(refused.body()).doesNotContain(secret);
    }
    Visitor.Answer wrong = post(RESTORES, Map.of("backup", backup, "identity", other));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().get("code").stringValue()).isEqualTo("KEY_DOES_NOT_OPEN");
    Visitor.Answer huge =
        post(RESTORES, Map.of("backup", backup, "identity", "A".repeat(10 << 20)));
    assertThat(huge.status()).isEqualTo(413);
    Visitor.Answer pasted =
        site.admin()
            .post(
                "/admin/restore",
                Map.of(
                    "backup",
                    backup,
                    "what",
                    "everything",
                    "mode",
                    "merge",
                    "key",
                    "given",
                    "identity",
                    other));
    assertThat(pasted.body()).contains("That is not the key of this backup");
    assertThat(pasted.body()).doesNotContain(other);
    assertThat(
            site.admin()
                .post(
                    "/admin/restore",
                    Map.of("backup", backup, "what", "everything", "identity", "A".repeat(1 << 20)))
                .status())
        .isEqualTo(413);

    List<String> users = List.of("users");
    String without =
        plan(Map.of("backup", backup, "tables", users, "mode", "merge", "withoutKey", true));
    JsonNode kept = table(get(RESTORES + "/" + without).get("changes").get("tables"), "users");
    assertThat(kept.get("keptSecrets").intValue()).isEqualTo(1);
    assertThat(kept.get("changed").intValue()).isZero();
    String with =
        plan(Map.of("backup", backup, "tables", users, "mode", "merge", "identity", secret));
    JsonNode changes = get(RESTORES + "/" + with).get("changes");
    assertThat(changes.toString()).contains("\"locked\":true").doesNotContain(before);
    assertThat(confirm(with)).isEqualTo("DONE");
    assertThat(site.portal().value(password)).isEqualTo(before);

    try (Stream<Path> files = Files.walk(site.home().getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("identity.txt")) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(secret);
        }
      }
    }
  }

  private static String other() throws IOException {
    Path home = Files.createTempDirectory("coffer-other-key");
    try {
      KeyHome.at(home).generate();
      return Files.readString(KeyHome.at(home).identityFile());
    } finally {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void whoNeedsANewPasswordIsNamed() {
    site.portal()
        .execute(
            "INSERT INTO users (id, email, password, role, \"createdAt\", \"updatedAt\") VALUES"
                + " ('u-new', 'new<b>@portal.example', 'p', 'AGENT', now(), now())");
    String taken = site.admin().post("/admin/backup", Map.of("reason", "with a new user")).path();
    assertThat(taken).isEqualTo("/admin/backup");
    Waiting.until("the backup", () -> newest("with a new user").isPresent());
    site.portal().execute("DELETE FROM users WHERE id = 'u-new'");

    String id =
        plan(
            Map.of(
                "backup",
                newest("with a new user").orElseThrow(),
                "records",
                List.of("users/u-new"),
                "withoutKey",
                true));

    JsonNode changes = get(RESTORES + "/" + id).get("changes");
    assertThat(changes.get("needNewSecrets").get(0).get("label").stringValue())
        .isEqualTo("new<b>@portal.example");
    String page = site.admin().get("/admin/restore/plan/" + id).body();
    assertThat(page)
        .contains("Who needs new ones", "new&lt;b&gt;@portal.example", "1 user comes back")
        .doesNotContain("new<b>");
    assertThat(
            site.admin()
                .get(
                    "/admin/restore?backup="
                        + newest("with a new user").orElseThrow()
                        + "&what=record&word=user&q="
                        + Visitor.encode("NEW<b>@portal.example"))
                .body())
        .contains("users/u-new");
  }

  private static Optional<String> newest(String reason) {
    return get("/api/admin/comprehensive-backup")
        .get("backups")
        .valueStream()
        .filter(entry -> entry.get("reason").stringValue().equals(reason))
        .map(entry -> entry.get("filename").stringValue())
        .findFirst();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(post(RESTORES, Map.of("backup", "../etc/passwd")).status()).isEqualTo(404);
    assertThat(post(RESTORES, Map.of()).status()).isEqualTo(404);
    assertThat(site.admin().get("/admin/restore?backup=nothing").status()).isEqualTo(404);
    assertThat(post(RESTORES, Map.of("backup", backup, "mode", "never")).status()).isEqualTo(400);
    assertThat(post(RESTORES, Map.of("backup", backup, "records", List.of("x"))).status())
        .isEqualTo(400);
    assertThat(code(plan(Map.of("backup", backup, "tables", List.of("nothing")))))
        .isEqualTo("TABLE_NOT_FOUND");
    String none = plan(Map.of("backup", backup, "records", List.of("sales/<i>nobody")));
    assertThat(code(none)).isEqualTo("RECORD_NOT_FOUND");
    assertThat(site.admin().get("/admin/restore/plan/" + none).body())
        .contains("The backup does not hold that record")
        .doesNotContain("<i>nobody");
    assertThat(site.visitor().get(RESTORES + "/none", "Authorization", bearer).status())
        .isEqualTo(404);
    assertThat(site.visitor().get(RESTORES + "/R-../../x", "Authorization", bearer).status())
        .isIn(400, 404);
    assertThat(site.admin().get("/admin/restore/plan/none").status()).isEqualTo(404);
  }

  @Test
  void aDamagedBackupChangesNothing() throws IOException {
    Path whole = site.backups().resolve("comprehensive").resolve(backup);
    String name = "comprehensive-backup-2021-01-01T00-00-00-000Z.json.zst";
    Path damaged = whole.resolveSibling(name);
    Files.copy(whole, damaged, StandardCopyOption.REPLACE_EXISTING);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    String before = everyRow();
    try {
      String id = plan(Map.of("backup", name));

      assertThat(state(id)).isEqualTo("REFUSED");
      assertThat(code(id)).isEqualTo("BACKUP_DAMAGED");
      assertThat(everyRow()).isEqualTo(before);
    } finally {
      Files.delete(damaged);
    }
  }

  @Test
  void aBackupThatIsLockedAsAWholeNeedsItsKey() throws IOException {
    KeyHome keys = KeyHome.at(site.home());
    Path file =
        Backups.take(
                new BackupRequest(
                    ConnectionSettings.resolve(
                        Optional.of(site.portal().url()), Map.of(), site.home()),
                    BackupKind.DATABASE,
                    "",
                    "tester",
                    site.backups(),
                    Compression.ZSTD,
                    PortalProfiles.all(),
                    keys,
                    keys.recipients(),
                    1,
                    "test"),
                Progress.SILENT)
            .file();
    String name = String.valueOf(file.getFileName());
    String identity = Files.readString(keys.identityFile());
    Visitor admin = site.admin();
    assertThat(admin.get("/admin/restore?backup=" + name).body())
        .contains("This backup is locked as a whole")
        .doesNotContain("Show what would happen");

    Visitor.Answer opened =
        admin.post("/admin/restore/key", Map.of("backup", name, "identity", identity));

    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.body()).contains("What do you want back?");
    String id = plan(Map.of("backup", name, "identity", identity, "mode", "merge"));
    assertThat(state(id)).isEqualTo("PLANNED");
    assertThat(state(plan(Map.of("backup", name, "withoutKey", true)))).isEqualTo("REFUSED");
  }

  @Test
  void aFileOfTheEarlierSystemRestoresTheSameWay() throws IOException {
    String id = site.portal().value("SELECT id FROM field_configurations ORDER BY id LIMIT 1");
    String row =
        site.portal()
            .value("SELECT to_json(f)::text FROM field_configurations f WHERE id = '" + id + "'");
    boolean required =
        site.portal()
            .value("SELECT \"isRequired\" FROM field_configurations WHERE id = '" + id + "'")
            .equals("t");
    String name = "database-backup-2020-05-04T03-02-01-001Z.json";
    Path legacy = Files.createDirectories(site.backups().resolve("database")).resolve(name);
    Files.writeString(
        legacy,
        """
        {"timestamp": "2020-05-04T03:02:01.001Z", "version": "2.0.0",
         "tables": {"fieldConfigurations": [%s]},
         "metadata": {"totalRecords": 1, "tables": {"fieldConfigurations": 1}}}
        """
            .formatted(row.replace("\"isRequired\":" + required, "\"isRequired\":" + !required)));

    String plan = plan(Map.of("backup", name, "mode", "merge"));

    JsonNode changes = get(RESTORES + "/" + plan).get("changes");
    assertThat(state(plan)).as(get(RESTORES + "/" + plan).toString()).isEqualTo("PLANNED");
    assertThat(changes.get("needsAttention").toString()).contains("A legacy backup, version 2.0.0");
    assertThat(table(changes.get("tables"), "fieldConfigurations").get("changed").intValue())
        .isEqualTo(1);
  }

  @Test
  void aDatabaseThatIsDownIsSaid() throws SQLException {
    String database = site.portal().name();
    EmbeddedServer server = site.portal().server();
    try (Connection other =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = other.createStatement()) {
      statement.execute("ALTER DATABASE \"" + database + "\" ALLOW_CONNECTIONS false");
      try {
        String id = plan(Map.of("backup", backup));
        assertThat(state(id)).isEqualTo("REFUSED");
        assertThat(code(id)).startsWith("DATABASE_");
      } finally {
        statement.execute("ALTER DATABASE \"" + database + "\" ALLOW_CONNECTIONS true");
      }
    }
    assertThat(sales()).isPositive();
  }

  private static JsonNode table(JsonNode tables, String name) {
    return tables
        .valueStream()
        .filter(table -> table.get("table").stringValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + tables));
  }
}
