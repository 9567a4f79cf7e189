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
  void damagedAndLockedBackupsAndDumpsAreSaidToBeSo() throws IOException {
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

    Path dump = site.backups().resolve("manual-backup-2019-05-05T00-00-00-000Z.sql");
    Files.writeString(
        dump,
        """
        -- PostgreSQL database dump
        COPY public.users (id) FROM stdin;
        1
        \\.
        -- PostgreSQL database dump complete
        """);
    Visitor.Answer sql = admin.get("/admin/browse/" + dump.getFileName() + "/users");
    assertThat(sql.status()).isEqualTo(422);
    assertThat(sql.body()).contains("is an SQL dump", "an empty database");
    assertThat(admin.get("/admin/backup/" + dump.getFileName()).body())
        .contains("users")
        .doesNotContain("/admin/browse/");
  }

  @Test
  void filesOfTheEarlierSystemAreLookedIntoByTheSamePages() {
    String file = EarlierFile.whole(site);
    String folder = "/admin/browse/" + file + "/";
    assertThat(admin.get("/admin/backup/" + file).body()).contains(folder + "sales\"");
    Visitor.Answer sales = admin.get(folder + "sales");
    assertThat(text(sales)).contains("2 records", "customerFirstName", "Smith");
    assertThat(text(admin.get(folder + "sales?q=ZO%C3%8B"))).contains("1 record found");
    assertThat(text(admin.get(folder + "sales?q=cm0s2&column=id"))).contains("1 record found");
    Visitor.Answer card = admin.get(folder + "sales/row?key=cm0s1");
    assertThat(card.body())
        .contains("&lt;script&gt;alert(3)", "19.90", "Never shown", "It points to")
        .contains(folder + "appliances/row?key=cm0a2", folder + "users/row?key=cm0u1")
        .contains(folder + "smsLogs/row?key=cm0m1", folder + "leads/row?key=cm0l1")
        .doesNotContain("<script>alert(3)", "Restore this record", "damaged");
    assertThat(admin.get(folder + "sales/row?key=cm0s2").body())
        .contains("that is not in the backup");
    assertThat(admin.get(folder + "fieldConfigurations").body()).contains("This table was empty");
    assertThat(admin.get(folder + "nothing").status()).isEqualTo(404);
    assertThat(admin.get("/admin/browse/" + file).path()).isEqualTo("/admin/backup/" + file);
    assertThat(admin.get("/admin/audit").body()).contains("table sales");
  }

  @Test
  void whatIsSecretInFilesOfTheEarlierSystemIsNeverShown() {
    String file = EarlierFile.whole(site);
    String calls = "/api/v1/backups/" + file + "/tables";
    for (JsonNode table : admin.get(calls).json().get("items")) {
      String name = table.get("name").stringValue();
      String folder = "/admin/browse/" + file + "/" + name;
      assertThat(admin.get(folder).body()).doesNotContain(EarlierFile.PLANTED);
      assertThat(admin.get(folder + "?q=planted").body()).contains("Nothing found");
      for (int at = 0; at < table.get("records").asInt(); at++) {
        assertThat(admin.get(folder + "/row?at=" + at).body()).doesNotContain(EarlierFile.PLANTED);
        assertThat(admin.get(calls + "/" + name + "/rows/@" + at).body())
            .doesNotContain(EarlierFile.PLANTED);
      }
    }
    JsonNode sale = admin.get(calls + "/sales/rows?q=cm0s1&column=id").json();
    assertThat(sale.get("items").get(0).get("locked").toString())
        .contains("accountName", "sortCode", "accountNumber", "metadata");
    assertThat(sale.get("problem").isNull()).isTrue();
    assertThat(admin.get(calls + "/users/rows?q=planted-secret&column=password").status())
        .isEqualTo(400);
  }

  @Test
  void aDamagedFileOfTheEarlierSystemIsShownAsFarAsItGoes() throws IOException {
    String file = EarlierFile.cut(site);
    assertThat(admin.get("/admin/backup/" + file).body()).contains("See what can still be read");
    Visitor.Answer readable = admin.get("/admin/browse/" + file);
    assertThat(readable.status()).isEqualTo(200);
    assertThat(text(readable)).contains("The file is cut short (table appliances, row 2", "sales");
    String folder = "/admin/browse/" + file + "/";
    assertThat(text(admin.get(folder + "appliances")))
        .contains("1 record", "Washing machine", "shown as far as it can be read");
    assertThat(admin.get(folder + "appliances/row?at=0").body()).contains("is damaged");
    Visitor.Answer missing = admin.get(folder + "smsLogs");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.body()).contains("is damaged", "cut short").doesNotContain("Exception");
    JsonNode rows = admin.get("/api/v1/backups/" + file + "/tables/appliances/rows").json();
    assertThat(rows.get("problem").stringValue()).contains("cut short");

    Path noise = site.backups().resolve("comprehensive-backup-2018-01-01T00-00-00-000Z.json");
    Files.writeString(noise, "{\"timestamp\": \"2018-01-01T00:00:00.000Z\", \"tables\": [[[");
    assertThat(text(admin.get("/admin/browse/" + noise.getFileName())))
        .contains("Nothing of it", "The file is cut short");
  }
}
