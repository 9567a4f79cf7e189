package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.seal.KeyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Looking into a backup, without a browser. */
class BrowseTest {
  private static Site site;
  private static Visitor admin;
  private static String backup;

  @BeforeAll
  static void open() {
    site = Site.ready();
    admin = site.admin();
    BrowsedSite.addTables(site);
    backup = BrowsedSite.backup(site);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static String table(String table) {
    return "/admin/browse/" + backup + "/" + table;
  }

  private static String api(String rest) {
    return "/api/v1/backups/" + backup + "/tables" + rest;
  }

  private static String text(Visitor.Answer page) {
    return page.body().replaceAll("<[^>]*>", "");
  }

  private static JsonNode tableAnswer(String name) {
    for (JsonNode table : admin.get(api("?size=200")).json().get("items")) {
      if (table.get("name").stringValue().equals(name)) {
        return table;
      }
    }
    throw new AssertionError(name);
  }

  private static String evil() {
    return tableAnswer(BrowsedSite.EVIL).get("address").stringValue();
  }

  @Test
  void aBackupLeadsToItsTablesAndThoseToTheirRecords() {
    String page = admin.get("/admin/backup/" + backup).body();
    assertThat(page).contains(table("sales") + "\"", table(evil()) + "\"");
    Visitor.Answer sales = admin.get(table("sales"));
    assertThat(sales.status()).isEqualTo(200);
    assertThat(text(sales)).contains("93 records", "Page 1 of 2", "customerFirstName");
    assertThat(text(admin.get(table("sales") + "?page=2"))).contains("Page 2 of 2");
    assertThat(text(admin.get(table("sales") + "?page=99999999999"))).contains("Page 2 of 2");
    assertThat(text(admin.get(table("sales") + "?page=-7"))).contains("Page 1 of 2");
    assertThat(admin.get(table("empty")).body()).contains("This table was empty");
    assertThat(admin.get("/admin/browse/" + backup).path()).isEqualTo("/admin/backup/" + backup);
  }

  @Test
  void markupInNamesAndValuesIsText() {
    Visitor.Answer list = admin.get(table(evil()));
    Visitor.Answer card = admin.get(table(evil()) + "/row?key=" + Visitor.encode("/../x"));
    for (Visitor.Answer answer : List.of(list, card)) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .contains("&lt;script&gt;alert(1)", "&lt;i&gt;c&lt;/i&gt;")
          .doesNotContain("<script>alert(1)", "<i>c</i>", "<b>key");
    }
    assertThat(card.body())
        .contains("<li class=\"coffer-text\">light blue</li>", "2.50", "2 bytes");
    // Restoring names a record as TABLE/ID, which a slash in the table's name would spoil.
    assertThat(card.body()).doesNotContain("Restore this record");
    Visitor.Answer echo =
        admin.get(table("sales") + "?q=" + Visitor.encode("\"><script>alert(2)</script>"));
    assertThat(echo.body()).doesNotContain("<script>alert(2)").contains("Nothing found");
  }

  @Test
  void longValuesAreCutInTheListAndWholeOnTheCard() {
    String key = Visitor.encode("[\"[\\\"q\\\"]\"]");
    assertThat(admin.get(table(evil())).body()).doesNotContain("word end");
    Visitor.Answer card = admin.get(table(evil()) + "/row?key=" + key);
    assertThat(card.body()).contains("word end", "It points to");
    JsonNode rows = admin.get(api("/" + evil() + "/rows?column=parent&q=/../x")).json();
    assertThat(rows.get("items")).hasSize(1);
    JsonNode row = rows.get("items").get(0);
    assertThat(row.get("cut").toString()).isEqualTo("[\"what,ever\"]");
    JsonNode whole = admin.get(api("/" + evil() + "/rows/" + row.get("id").stringValue())).json();
    assertThat(whole.get("row").get("values").get("what,ever").stringValue()).endsWith("word end");
    assertThat(whole.get("pointsTo").get(0).get("items")).hasSize(1);
  }

  @Test
  void lockedValuesStayLocked() {
    JsonNode sale = admin.get(api("/sales/rows?size=1")).json().get("items").get(0);
    assertThat(sale.get("locked").toString()).contains("accountNumber");
    assertThat(sale.get("values").get("accountNumber").isNull()).isTrue();
    String key = Visitor.encode(sale.get("key").get(0).stringValue());
    Visitor.Answer card = admin.get(table("sales") + "/row?key=" + key);
    assertThat(card.body())
        .contains("Opens with the key that was put away", "What points to it")
        .contains("/admin/restore?backup=" + backup + "&amp;record=sales/");
    assertThat(admin.get(api("/sales/rows?column=accountNumber&q=1")).status()).isEqualTo(400);
    assertThat(admin.get(table("sales") + "?column=accountNumber&q=1").status()).isEqualTo(400);
  }

  @Test
  void searchesByTextAndById() {
    JsonNode first = admin.get(api("/sales/rows?size=1")).json().get("items").get(0);
    String email = first.get("values").get("email").stringValue();
    JsonNode found =
        admin.get(api("/sales/rows?q=" + Visitor.encode(email.toUpperCase(Locale.ROOT)))).json();
    assertThat(found.get("items").get(0).get("values").get("email").stringValue()).isEqualTo(email);
    assertThat(found.get("next").isNull()).isTrue();
    assertThat(found.get("lookedAt").asLong()).isEqualTo(93);
    String id = first.get("key").get(0).stringValue();
    JsonNode byId = admin.get(api("/sales/rows?column=id&q=" + Visitor.encode(id))).json();
    assertThat(byId.get("items")).hasSize(1);
    JsonNode resting = admin.get(api("/smsLogs/rows?size=2&q=s")).json();
    assertThat(resting.get("items")).hasSize(2);
    assertThat(admin.get(table("smsLogs") + "?q=s&from=" + resting.get("next").asLong()).body())
        .contains("found");
  }

  @Test
  void recordsOfSeveralKeysAndOfNone() {
    Visitor.Answer card = admin.get(table("pair") + "/row?key=" + Visitor.encode("[1,3]"));
    assertThat(card.body()).contains("second", "used again", "No. 2");
    Visitor.Answer use = admin.get(table("pairuse") + "/row?at=1");
    assertThat(use.body()).contains("used again", "1, 3").doesNotContain("Restore this record");
    JsonNode answer = admin.get(api("/pairuse/rows/@1")).json();
    assertThat(answer.get("pointsTo").get(0).get("items").get(0).get("key").toString())
        .isEqualTo("[\"1\",\"3\"]");
    assertThat(
            admin
                .get(
                    api("/pairuse/rows?column=left_id&column=right_id&q=")
                        + Visitor.encode("[\"1\",\"3\"]"))
                .json()
                .get("items"))
        .hasSize(2);
  }

  @Test
  void whatIsNotThereIsSaidNotToBeThere() {
    for (String path :
        List.of(
            "/admin/browse/nothing.json/sales",
            "/admin/browse/..%2f..%2fetc/sales",
            table("nothing"),
            table("~!!"),
            table("~Li4vLi4"),
            table("sales") + "/row?key=nobody",
            table("sales") + "/row?at=99999999",
            table("sales") + "/row?at=-1",
            table("sales") + "/row",
            table("sales") + "/row?key=" + Visitor.encode("[\"a\",\"b\"]"),
            table("sales") + "/row?key=" + Visitor.encode("[\"a"),
            table("sales") + "/row?at=nonsense",
            api("/nothing/rows"),
            api("/sales/rows/nobody"),
            api("/sales/rows/@999999"),
            api("/sales/rows?page=x"))) {
      assertThat(admin.get(path).status()).as(path).isIn(400, 404);
    }
    assertThat(admin.get(table("sales") + "?q=" + "x".repeat(600)).status()).isEqualTo(400);
  }

  @Test
  void onlyWhoMayLooksAndItIsWrittenDownOnce() {
    Visitor operator = site.user("olga", "OPERATOR");
    Visitor auditor = site.user("aude", "AUDITOR");
    for (String path : List.of(table("sales"), table("sales") + "/row?at=0", api(""))) {
      assertThat(operator.get(path).status()).as(path).isEqualTo(403);
      assertThat(auditor.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(operator.get("/admin/backup/" + backup).body()).doesNotContain("/admin/browse/");
    assertThat(auditor.get("/admin/backup/" + backup).body()).contains("/admin/browse/");
    assertThat(auditor.get(table("sales") + "/row?at=0").body()).doesNotContain("/admin/restore");
    assertThat(site.visitor().get(table("sales")).path()).isEqualTo("/sign-in");
    String[] reader = {"Authorization", "Bearer " + site.token("READ")};
    assertThat(site.visitor().get(api("/sales/rows"), reader).status()).isEqualTo(403);
    String[] exporter = {"Authorization", "Bearer " + site.token("EXPORT")};
    assertThat(site.visitor().get(api("/sales/rows"), exporter).status()).isEqualTo(200);

    String own = BrowsedSite.backup(site);
    String users = "/admin/browse/" + own + "/users";
    admin.get(users + "?q=a-very-private-text");
    admin.get(users);
    admin.get(users + "/row?at=0");
    admin.get("/api/v1/backups/" + own + "/tables/users/rows");
    String trail = admin.get("/admin/backup/" + own).body();
    assertThat(trail.split("Records looked at", -1)).hasSize(2);
    assertThat(admin.get("/admin/audit").body())
        .contains("table users")
        .doesNotContain("a-very-private-text");
    admin.get("/admin/browse/" + own + "/sales");
    assertThat(admin.get("/admin/backup/" + own).body().split("Records looked at", -1)).hasSize(3);
  }

  @Test
  void damagedAndLockedAndEarlierBackupsAreSaidToBeSo() throws IOException {
    Path file = site.backups().resolve("comprehensive").resolve(backup);
    byte[] bytes = Files.readAllBytes(file);
    // The first frame is the header; the rows' follow it at once.
    int at = bytes.length / 2;
    bytes[at] ^= 0x20;
    Path bad = file.resolveSibling("comprehensive-backup-2020-01-01T00-00-00-000Z.json.zst");
    Files.write(bad, bytes);
    int refused = 0;
    for (JsonNode table : admin.get(api("?size=200")).json().get("items")) {
      String path = bad.getFileName() + "/" + table.get("address").stringValue();
      Visitor.Answer page = admin.get("/admin/browse/" + path + "?q=nothing-at-all");
      assertThat(page.status()).isIn(200, 422);
      if (page.status() == 422) {
        refused++;
        assertThat(page.body()).contains("This part of the backup is damaged", "Go to the backup");
      }
    }
    assertThat(refused).isPositive();

    String locked = BrowsedSite.backup(site, KeyHome.at(site.home()).recipients().getFirst());
    Visitor.Answer page = admin.get("/admin/browse/" + locked + "/sales");
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("This backup is locked", "coffer export");
    Visitor.Answer problem = admin.get("/api/v1/backups/" + locked + "/tables");
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.json().get("code").stringValue()).isEqualTo("KEY_NEEDED");

    Path earlier = site.backups().resolve("comprehensive-backup-2019-05-05.json");
    Files.writeString(
        earlier,
        """
        {"timestamp": "2019-05-05T00:00:00.000Z", "version": "3.0.0", "tables": {"users": []}}\
        """);
    Visitor.Answer legacy = admin.get("/admin/browse/" + earlier.getFileName() + "/users");
    assertThat(legacy.status()).isEqualTo(422);
    assertThat(legacy.body()).contains("earlier system", "Download it as JSON");
  }
}
