package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.Visitor.Answer;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Comparisons by the pages and by the interface, without a browser. */
class CompareTest {
  private static final String NEW_ACCOUNT = "31415926";
  private static final int MANY = 30_000;

  private static Site site;
  private static String backup;
  private static String customer;

  @BeforeAll
  static void backUpAndChange() {
    site = Site.ready();
    // A table that many changes can be made in, with texts that are long, and a null.
    site.portal()
        .execute(
            "CREATE TABLE notes (id int PRIMARY KEY, text text);"
                + " INSERT INTO notes SELECT g, 'Note ' || g FROM generate_series(1, "
                + MANY
                + ") g");
    backup = create("Before it all");
    customer = site.portal().value("SELECT min(id) FROM sales");
    site.portal()
        .execute(
            """
            UPDATE sales SET "accountNumber" = '31415926', "customerLastName" = 'Newname'
            WHERE id = (SELECT min(id) FROM sales);
            DELETE FROM sms_logs WHERE id IN (SELECT id FROM sms_logs ORDER BY id LIMIT 3);
            ALTER TABLE users ADD COLUMN nickname text;
            CREATE TABLE brand_new AS SELECT 1 AS id;
            UPDATE notes SET text = CASE WHEN id = 7 THEN NULL ELSE text || '!' END
            WHERE id <= 20000;
            DELETE FROM notes WHERE id > 25000;
            INSERT INTO notes SELECT g, '<b>new</b>' FROM generate_series(100001, 106000) g\
            """);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static String create(String reason) {
    List<String> before = site.files();
    site.admin().post("/admin/backup", Map.of("reason", reason));
    Waiting.until("a backup for " + reason, () -> created(before).size() == 1 && site.idle());
    return created(before).getFirst();
  }

  private static List<String> created(List<String> before) {
    return site.files().stream()
        .filter(name -> name.endsWith(".json.zst") && !before.contains(name))
        .toList();
  }

  /** The page of a comparison, once it is over. */
  private static Answer compare(String name, String with) {
    Answer begun = site.admin().post("/admin/compare", Map.of("backup", name, "with", with));
    assertThat(begun.path()).as(begun.body()).matches("/admin/compare/[0-9a-f-]{36}");
    return over(begun.path());
  }

  private static Answer over(String path) {
    Waiting.until(
        "the end of " + path,
        () -> !site.admin().get(path).body().matches("(?s).*data-job=\"(RUNNING|WAITING)\".*"));
    return site.admin().get(path);
  }

  private static String records(Answer result, String query) {
    Answer page = site.admin().get(result.path() + "/records?" + query);
    assertThat(page.status()).as(query).isEqualTo(200);
    return page.body();
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void aBackupAndTheDatabaseInWordsTablesAndRecords() {
    Answer result = compare(backup, "live");

    assertThat(result.body())
        .contains("3 SMS deleted", "bank details of 1 customer changed", "1 customer changed")
        .contains(">Then<", ">Now<", "data-table=\"sales\"", "data-table=\"notes\"")
        .contains("customerLastName", "locked values", "brand_new", "nickname", "is new")
        .contains("Restore from this backup", "/admin/restore?backup=" + backup)
        .doesNotContain(NEW_ACCOUNT, "Newname");

    String sales = records(result, "table=sales");
    assertThat(sales)
        .contains("data-change=\"CHANGED\"", "<ins>Newname</ins>", "<del>")
        .contains("which of them, only the key tells", "Restore this record")
        .contains("/admin/restore?backup=" + backup + "&amp;record=sales/" + customer)
        .doesNotContain(NEW_ACCOUNT, "[ENCRYPTED]");
    String messages = records(result, "table=smsLogs&kind=removed");
    assertThat(count(messages, "data-change=\"REMOVED\"")).isEqualTo(3);
    assertThat(messages).contains("What it was", "3 records", "messageContent");
    assertThat(site.admin().get("/admin/audit").body())
        .contains("Backup compared", "Records looked at", "table smsLogs");
    assertThat(site.admin().get("/admin/compare").body()).contains("3 SMS deleted", backup);
  }

  @Test
  void thirtyThousandChangesArePagedFilteredAndSearched() {
    Answer result = compare(backup, "live");

    String first = records(result, "table=notes");
    assertThat(first).contains("31,000 records", "page <span>1</span> of <span>1,240</span>");
    assertThat(count(first, "data-change=")).isEqualTo(25);
    String last = records(result, "table=notes&kind=ADDED&page=240");
    assertThat(last).contains("6,000 records", "&lt;b&gt;new&lt;/b&gt;").doesNotContain("<b>new");
    assertThat(count(last, "data-change=\"ADDED\"")).isEqualTo(25);
    assertThat(last).doesNotContain("Restore this record");
    assertThat(records(result, "table=notes&page=99999")).contains("page <span>1,240</span>");
    assertThat(records(result, "table=notes&page=x")).contains("page <span>1</span>");
    String found = records(result, "table=notes&q=106000");
    assertThat(count(found, "data-change=")).isEqualTo(1);
    assertThat(records(result, "table=notes&q=Note+3")).contains("No record fits");
    String ended = records(result, "table=notes&q=7&kind=changed");
    assertThat(ended).contains("<em>no value</em>", "<ins>!</ins>");
    Answer part = site.admin().get(result.path() + "/records-list?table=notes&kind=removed");
    assertThat(part.body()).contains("5,000 records").doesNotContain("<html");
    assertThat(site.admin().get(result.path() + "/records?table=none").status()).isEqualTo(404);
  }

  @Test
  void twoBackupsInWhicheverOrderOrTheSame() {
    String later = create("After it all");

    Answer result = compare(later, "before");

    assertThat(result.body())
        .contains(">Later<", "3 SMS deleted", "31,000")
        .containsSubsequence(">Then<", backup, ">Later<", later);
    assertThat(records(result, "table=smsLogs")).doesNotContain("Restore this record");

    Answer same = compare(later, create("The same again"));
    assertThat(same.body())
        .contains("Nothing differs", "was the same")
        .doesNotContain("data-table");
    assertThat(site.admin().get("/admin/backup/" + later).body())
        .contains("Compare with the one before", "Compare with the database now");
  }

  @Test
  void whatCannotBeComparedIsRefusedInWords() throws IOException {
    Path folder = site.backups().resolve("comprehensive");
    String bad = "comprehensive-backup-2020-01-01T00-00-00-000Z.json.zst";
    Files.writeString(folder.resolve(bad), "not a backup at all");
    Files.writeString(
        site.backups().resolve("manual-backup-2020-01-01T00-00-00-000Z.sql"), "SELECT 1;\n");
    try {
      for (String name : List.of("", "..", "../home/state/coffer.mv.db", "none.json", "live")) {
        Answer refused =
            site.admin().post("/admin/compare", Map.of("backup", name, "with", "live"));
        assertThat(refused.body()).as(name).contains("There is no backup of that name");
      }
      assertThat(refusal(backup, backup)).contains("does not differ from itself");
      assertThat(refusal(backup, "../x")).contains("There is no backup of that name");
      assertThat(refusal(bad, "live")).contains("is damaged");
      assertThat(refusal("manual-backup-2020-01-01T00-00-00-000Z.sql", "live"))
          .contains("is an SQL dump");
      assertThat(site.admin().get("/admin/compare?backup=..&with=..").status()).isEqualTo(200);
      assertThat(site.admin().get("/admin/compare/" + "x").status()).isEqualTo(404);
      assertThat(site.admin().get("/admin/compare/00000000-0000-0000-0000-000000000000").status())
          .isEqualTo(404);
    } finally {
      Files.delete(folder.resolve(bad));
      Files.delete(site.backups().resolve("manual-backup-2020-01-01T00-00-00-000Z.sql"));
    }
  }

  private static String refusal(String name, String with) {
    return site.admin().post("/admin/compare", Map.of("backup", name, "with", with)).body();
  }

  @Test
  void damageIsToldAndNoResultIsMadeUp() throws IOException {
    Path file = site.backups().resolve("comprehensive").resolve(backup);
    Path copy = file.resolveSibling("comprehensive-backup-2021-01-01T00-00-00-000Z.json.zst");
    byte[] bytes = Files.readAllBytes(file);
    // Chunks that stand on both sides are not read, and so are not checked either.
    for (int at = bytes.length / 4; at < bytes.length * 3 / 4; at += 500) {
      bytes[at] ^= 1;
    }
    Files.write(copy, bytes);
    try {
      Answer result = compare(String.valueOf(copy.getFileName()), "live");
      assertThat(result.body())
          .contains("There is no result", "Use another copy of the file", "Compare again")
          .doesNotContain("data-table");
    } finally {
      Files.delete(copy);
    }
  }

  @Test
  void aFileOfTheEarlierSystemIsComparedToo() throws IOException {
    String name = "database-backup-2020-05-04T03-02-01-000Z.json";
    Path file = Files.createDirectories(site.backups().resolve("database")).resolve(name);
    String id = site.portal().value("SELECT min(id) FROM field_configurations");
    Files.writeString(
        file,
        """
        {"timestamp": "2020-05-04T03:02:01.000Z", "version": "2.0.0",
         "tables": {"fieldConfigurations": [{"id": "%s", "fieldName": "old name",
           "isRequired": true, "createdAt": "2020-01-01T00:00:00.000Z",
           "updatedAt": "2020-01-01T00:00:00.000Z"}]}, "metadata": {"totalRecords": 1}}\
        """
            .formatted(id));
    try {
      Answer live = compare(name, "live");
      assertThat(live.body())
          .contains("fieldConfigurations", "earlier system", "not compared")
          .doesNotContain("table sales is new", "Restore this record");
      assertThat(records(live, "table=fieldConfigurations&q=" + id)).contains("old name");
      assertThat(compare(name, backup).body()).contains("fieldConfigurations", ">Later<");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void onlyThoseWhoMayLookInsideCompare() {
    Visitor auditor = site.user("aude", "AUDITOR");
    Answer begun = auditor.post("/admin/compare", Map.of("backup", backup, "with", "live"));
    assertThat(begun.status()).isEqualTo(200);
    assertThat(over(begun.path()).body()).contains("3 SMS deleted");
    assertThat(auditor.get(begun.path()).body()).doesNotContain("Restore from this backup");
    assertThat(auditor.get(begun.path() + "/records?table=sales").body())
        .contains("Newname")
        .doesNotContain("Restore this record");

    Visitor operator = site.user("olga", "OPERATOR");
    assertThat(operator.get("/admin/compare").status()).isEqualTo(403);
    assertThat(operator.get(begun.path()).status()).isEqualTo(403);
    assertThat(operator.get(begun.path() + "/records?table=sales").status()).isEqualTo(403);
    assertThat(operator.post("/admin/compare", Map.of("backup", backup)).status()).isEqualTo(403);
    assertThat(operator.get("/admin/backup/" + backup).body())
        .doesNotContain("Compare with", "3 SMS deleted");
    assertThat(operator.get("/admin/work").body()).doesNotContain("SMS deleted");
  }

  @Test
  void programsCompareByJob() {
    Visitor program = site.visitor();
    String[] may = {"Authorization", "Bearer " + site.token("EXPORT")};
    String[] mayNot = {"Authorization", "Bearer " + site.token("CREATE")};
    String path = "/api/v1/comparisons";
    String live = "{\"backup\": \"" + backup + "\", \"with\": {\"live\": true}";

    assertThat(program.postJson(path, live + "}", mayNot).status()).isEqualTo(403);
    assertThat(program.postJson(path, live + "}").status()).isEqualTo(401);
    Answer begun = program.postJson(path, live + ", \"tables\": [\"smsLogs\"]}", may);
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.header("Location")).startsWith("/api/v1/jobs/");
    String id = begun.json().get("subject").stringValue();
    over("/admin/compare/" + id);

    JsonNode answer = program.get(path + "/" + id, may).json();
    assertThat(answer.get("state").stringValue()).isEqualTo("DONE");
    assertThat(answer.get("summary").stringValue()).isEqualTo("3 SMS deleted");
    assertThat(answer.get("result").get("tables")).hasSize(1);
    assertThat(answer.get("result").get("removed").longValue()).isEqualTo(3);
    assertThat(answer.get("changesUntil").isNull()).isFalse();
    JsonNode changes = program.get(path + "/" + id + "/changes?table=smsLogs", may).json();
    assertThat(changes.get("total").longValue()).isEqualTo(3);
    assertThat(changes.get("items").get(0).get("change").stringValue()).isEqualTo("removed");
    assertThat(changes.get("items").get(0).get("key").get("id").isString()).isTrue();
    assertThat(program.get(path, may).json().get("items").get(0).has("summary")).isTrue();
    assertThat(program.get(path + "/" + id, mayNot).status()).isEqualTo(403);

    for (Map.Entry<String, Integer> bad :
        Map.of(
                "{}",
                400,
                "{\"backup\": \"x\"}",
                400,
                "{\"backup\": \"..\", \"with\": {\"live\": true}}",
                404,
                "{\"backup\": \"" + backup + "\", \"with\": {}}",
                400,
                "{\"backup\": \"" + backup + "\", \"with\": {\"backup\": \"" + backup + "\"}}",
                400)
            .entrySet()) {
      Answer refused = program.postJson(path, bad.getKey(), may);
      assertThat(refused.status()).as(bad.getKey()).isEqualTo(bad.getValue());
      assertThat(refused.json().get("detail").stringValue()).isNotEmpty();
    }
    assertThat(program.get(path + "/none", may).status()).isEqualTo(404);
    assertThat(program.get(path + "/" + id + "/changes?table=none", may).status()).isEqualTo(404);
    assertThat(program.get(path + "/" + id + "/changes?table=smsLogs&kind=x", may).status())
        .isEqualTo(400);
  }

  @Test
  void theSecondWaitsAndMayBeCancelled() {
    Answer first = site.admin().post("/admin/compare", Map.of("backup", backup));
    Answer second = site.admin().post("/admin/compare", Map.of("backup", backup));
    site.admin().post(second.path() + "/cancel", Map.of());

    assertThat(over(first.path()).body()).contains("3 SMS deleted");
    // It may have been done before it could be cancelled.
    Matcher ended = Pattern.compile("Cancelled|3 SMS deleted").matcher(over(second.path()).body());
    assertThat(ended.find()).isTrue();
  }
}
