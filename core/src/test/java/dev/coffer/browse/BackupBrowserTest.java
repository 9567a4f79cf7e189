package dev.coffer.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupBrowserTest {
  private static final Limits PLENTY = new Limits(50, 1L << 40);
  private static final String TABLES =
      """
      CREATE TABLE customer (id int PRIMARY KEY, name text, email text, password text);
      INSERT INTO customer VALUES
        (1, 'Zoë ÖZTÜRK', 'zoe@example.net', 'secret-of-zoe'),
        (12, 'Ann "the first" O''Neil', 'ann@example.net', NULL);
      CREATE TABLE purchase (
        customer int REFERENCES customer, number int, note text, PRIMARY KEY (customer, number));
      INSERT INTO purchase SELECT 1, n, 'purchase ' || n FROM generate_series(1, 7) n;
      INSERT INTO purchase VALUES (12, 1, 'another');
      CREATE TABLE part (customer int, number int, what text,
        FOREIGN KEY (customer, number) REFERENCES purchase);
      INSERT INTO part VALUES (1, 3, 'wheel'), (1, 3, 'wheel'), (12, 1, 'bell'), (NULL, 4, 'lost');
      CREATE TABLE event (id int, at date, customer int REFERENCES customer, PRIMARY KEY (id, at))
        PARTITION BY RANGE (at);
      CREATE TABLE event_old PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE TABLE event_new PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      INSERT INTO event VALUES (1, '2024-05-01', 1), (2, '2025-05-01', 12), (3, '2025-06-01', 1);
      CREATE TABLE "a/b ""<i>c" ("key;" text PRIMARY KEY, "<b>" text);
      INSERT INTO "a/b ""<i>c" VALUES ('[1,"x"]', E'two\\nlines');
      CREATE TABLE kinds (id int PRIMARY KEY, list text[], document jsonb, written json, bytes bytea,
        yes boolean, long text, amount numeric, empty text);
      INSERT INTO kinds VALUES (1, ARRAY['a b', NULL, 'c"d'], '{"b": [1, 2.50], "a": null}',
        '{"a" : 1}', '\\x00ff10', true, repeat('ü', 5000), 12.50, '');
      CREATE TABLE many AS
        SELECT n AS id, repeat(md5(n::text), 8) AS text, CASE WHEN n % 10000 = 1 THEN 'Needle' END AS rare
        FROM generate_series(1, 30000) n;
      ALTER TABLE many ADD PRIMARY KEY (id);
      """;

  @TempDir static Path folder;
  private static TestDatabase database;
  private static Path file;

  @BeforeAll
  static void create() throws IOException {
    database = TestDatabase.create(Servers.debian15());
    database.execute(TABLES);
    file = backup(KeyHome.at(folder.resolve("home")));
  }

  private static Path backup(KeyHome keys) throws IOException {
    BackupRequest request =
        new BackupRequest(
            ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), folder),
            BackupKind.DATABASE,
            "",
            "tester",
            Files.createDirectories(folder.resolve("backups")),
            Compression.ZSTD,
            List.of(),
            keys,
            List.of(),
            2,
            "0");
    return Backups.take(request, Progress.SILENT).file();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static BrowsedRow row(BackupBrowser browser, String table, String... key) {
    Found found = browser.byKey(browser.table(table), List.of(key), 0, PLENTY.bytes());
    assertThat(found.rows()).as(table).hasSize(1);
    return found.rows().getFirst();
  }

  private static List<Long> positions(Found found) {
    return found.rows().stream().map(BrowsedRow::position).toList();
  }

  @Test
  void aPageIsReadFromAnyPlaceInTheTable() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      Table many = browser.table("many");
      assertThat(browser.rows(many)).isEqualTo(30_000);
      List<BrowsedRow> all = browser.page(many, 0, 30_000);
      assertThat(all).hasSize(30_000);
      for (long from : List.of(0L, 49L, 12_345L, 29_975L)) {
        assertThat(browser.page(many, from, 50))
            .isEqualTo(all.subList((int) from, (int) Math.min(from + 50, 30_000)));
      }
      assertThat(browser.page(many, 30_000, 50)).isEmpty();
      assertThat(browser.at(many, 29_999).orElseThrow().key()).contains(List.of("30000"));
      assertThat(browser.at(many, 30_000)).isEmpty();
    }
  }

  @Test
  void aTextIsFoundInCapitalsOrNotAndWithItsOwnEscapes() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      Table customer = browser.table("customer");
      for (String text : List.of("öztürk", "ZOË", "zoe@", "Zoë Öz")) {
        assertThat(positions(browser.find(customer, new Query.Text(text), 0, PLENTY)))
            .as(text)
            .containsExactly(0L);
      }
      assertThat(positions(browser.find(customer, new Query.Text("\"THE first\""), 0, PLENTY)))
          .containsExactly(1L);
      Table evil = browser.table("a/b \"<i>c");
      assertThat(positions(browser.find(evil, new Query.Text("two\nlines"), 0, PLENTY)))
          .containsExactly(0L);
      Table kinds = browser.table("kinds");
      assertThat(positions(browser.find(kinds, new Query.Text("\"B\": [1, 2.50"), 0, PLENTY)))
          .containsExactly(0L);
    }
  }

  @Test
  void namesOfColumnsAndLockedValuesAreNotFound() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      Table customer = browser.table("customer");
      for (String text : List.of("email", "password", "secret", "ENCRYPTED", "\",\"")) {
        Found found = browser.find(customer, new Query.Text(text), 0, PLENTY);
        assertThat(found.rows()).as(text).isEmpty();
        assertThat(found.next()).isEmpty();
      }
      BrowsedRow zoe = row(browser, "customer", "1");
      assertThat(zoe.values().getLast().form()).isEqualTo(Form.LOCKED);
      assertThat(zoe.values().getLast().text()).isEmpty();
      assertThat(row(browser, "customer", "12").values().getLast().form()).isEqualTo(Form.NOTHING);
      CofferException refused =
          catchThrowableOfType(
              CofferException.class,
              () ->
                  browser.find(
                      customer,
                      new Query.Exactly(List.of("password"), List.of("secret-of-zoe")),
                      0,
                      PLENTY));
      assertThat(refused.code()).isEqualTo(ErrorCode.USAGE);
    }
  }

  @Test
  void aSearchRestsAndGoesOn() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      Table many = browser.table("many");
      Query needle = new Query.Text("needle");
      Found first = browser.find(many, needle, 0, new Limits(2, PLENTY.bytes()));
      assertThat(positions(first)).containsExactly(0L, 10_000L);
      assertThat(first.next()).isPresent();
      Found rest = browser.find(many, needle, first.next().get(), PLENTY);
      assertThat(positions(rest)).containsExactly(20_000L);
      assertThat(rest.next()).isEmpty();
      Found little = browser.find(many, needle, 1, new Limits(2, 1));
      assertThat(little.next().orElseThrow()).isGreaterThan(1);
      assertThat(little.bytes()).isLessThan(rest.bytes() + first.bytes());
      long next = 0;
      int rounds = 0;
      int found = 0;
      while (next >= 0) {
        Found part = browser.find(many, needle, next, new Limits(2, 1));
        found += part.rows().size();
        next = part.next().orElse(-1L);
        rounds++;
      }
      assertThat(found).isEqualTo(3);
      assertThat(rounds).isGreaterThan(2);
    }
  }

  @Test
  void aRowIsFoundByItsKeyAlone() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      assertThat(row(browser, "customer", "1").position()).isZero();
      assertThat(row(browser, "purchase", "1", "3").texts(List.of("note")))
          .contains(List.of("purchase 3"));
      assertThat(row(browser, "a/b \"<i>c", "[1,\"x\"]").texts(List.of("<b>")))
          .contains(List.of("two\nlines"));
      assertThat(row(browser, "event_new", "2", "2025-05-01").key())
          .contains(List.of("2", "2025-05-01"));
      Found none = browser.byKey(browser.table("customer"), List.of("2"), 0, PLENTY.bytes());
      assertThat(none.rows()).isEmpty();
      for (List<String> odd : List.of(List.of("1", "2"), List.<String>of())) {
        CofferException refused =
            catchThrowableOfType(
                CofferException.class,
                () -> browser.byKey(browser.table("customer"), odd, 0, PLENTY.bytes()));
        assertThat(refused.code()).isEqualTo(ErrorCode.USAGE);
      }
      Table part = browser.table("part");
      assertThat(browser.at(part, 1).orElseThrow().key()).isEmpty();
    }
  }

  @Test
  void aRowLeadsToThoseAroundIt() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      BrowsedRow purchase = row(browser, "purchase", "1", "3");
      Relatives relatives = browser.relatives(purchase, PLENTY);
      assertThat(relatives.above()).hasSize(1);
      assertThat(relatives.above().getFirst().table().logicalName()).isEqualTo("customer");
      assertThat(positions(relatives.above().getFirst().found())).containsExactly(0L);
      assertThat(relatives.below()).hasSize(1);
      assertThat(relatives.below().getFirst().columns()).containsExactly("customer", "number");
      assertThat(positions(relatives.below().getFirst().found())).containsExactly(0L, 1L);

      Relatives customer = browser.relatives(row(browser, "customer", "1"), new Limits(3, 1 << 30));
      assertThat(customer.above()).isEmpty();
      assertThat(customer.below())
          .extracting(related -> related.table().logicalName())
          .containsExactlyInAnyOrder("purchase", "event_old", "event_new");
      Related purchases =
          customer.below().stream()
              .filter(related -> related.table().logicalName().equals("purchase"))
              .findFirst()
              .orElseThrow();
      assertThat(purchases.found().rows()).hasSize(3);
      assertThat(purchases.found().next()).isPresent();

      BrowsedRow lost = browser.at(browser.table("part"), 3).orElseThrow();
      assertThat(browser.relatives(lost, PLENTY).above()).isEmpty();
      BrowsedRow event = row(browser, "event_new", "2", "2025-05-01");
      assertThat(positions(browser.relatives(event, PLENTY).above().getFirst().found()))
          .containsExactly(1L);
    }
  }

  @Test
  void whatMayNotBeReadToItsEndIsSaidToGoOn() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      Relatives relatives = browser.relatives(row(browser, "customer", "1"), new Limits(3, 1));
      assertThat(relatives.below().getFirst().found().next()).isEmpty();
      assertThat(relatives.below().getLast().found().next()).contains(0L);
    }
  }

  @Test
  void valuesAreCutInAListAndWholeInARow() {
    try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
      BrowsedRow listed = browser.page(browser.table("kinds"), 0, 1).getFirst();
      Value cut = listed.values().get(6);
      assertThat(cut.cut()).isTrue();
      assertThat(cut.text()).isEqualTo("ü".repeat(150));
      assertThat(cut.bytes()).isEqualTo(10_000);
      assertThat(listed.texts(List.of("long"))).isEmpty();
      BrowsedRow whole = row(browser, "kinds", "1");
      assertThat(whole.texts(List.of("long"))).contains(List.of("ü".repeat(5000)));
      assertThat(whole.values())
          .extracting(Value::form)
          .containsExactly(
              Form.NUMBER,
              Form.LIST,
              Form.JSON,
              Form.JSON,
              Form.BINARY,
              Form.YES_NO,
              Form.TEXT,
              Form.NUMBER,
              Form.TEXT);
      assertThat(whole.values().get(1).text()).isEqualTo("{\"a b\",NULL,\"c\\\"d\"}");
      assertThat(whole.values().get(7).text()).isEqualTo("12.50");
      assertThat(whole.values().getLast().isText()).isTrue();
    }
  }

  @Test
  void damageIsToldAndNothingOfItIsShown() throws IOException {
    Path bad = folder.resolve("bad.json.zst");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(bad, bytes);
    try (BackupBrowser browser = BackupBrowser.open(bad, List.of())) {
      Table many = browser.table("many");
      CofferException refused =
          catchThrowableOfType(
              CofferException.class,
              () -> browser.find(many, new Query.Text("nowhere"), 0, PLENTY));
      assertThat(refused.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
      assertThat(browser.page(browser.table("customer"), 0, 5)).hasSize(2);
    }
    assertThat(
            catchThrowableOfType(
                    CofferException.class,
                    () -> {
                      try (BackupBrowser browser = BackupBrowser.open(file, List.of())) {
                        browser.table("no such");
                      }
                    })
                .code())
        .isEqualTo(ErrorCode.TABLE_NOT_FOUND);
  }
}
