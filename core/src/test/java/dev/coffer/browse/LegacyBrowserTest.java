package dev.coffer.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into files of the earlier system. */
class LegacyBrowserTest {
  private static final Limits PLENTY = new Limits(50, 1L << 40);
  private static final String NAME = "comprehensive-backup-2026-01-25T14-30-45-123Z.json";
  private static final Profile SHOP =
      ProfileReader.read(
          new ByteArrayInputStream(
              """
              profile: shop
              recognisedBy: [users, orders]
              keys: camelCase
              tables: {users: users, orders: orders, order_items: orderItems}
              sealed: {orders: [account_name]}
              links:
                - {from: orders, columns: [created_by], to: users, targetColumns: [id]}
              """
                  .getBytes(StandardCharsets.UTF_8)),
          "shop");
  private static final String DOCUMENT =
      """
      {
        "timestamp": "2026-01-25T14:30:45.123Z",
        "version": "3.0.0",
        "tables": {
          "users": [
            {"id": "u1", "email": "Zoë@portal.example", "password": "[ENCRYPTED]", "active": true},
            {"id": "u2", "email": null, "password": "$2b$12$planted-hash", "notes": "a \\"b\\" \\ud83d"}
          ],
          "orders": [
            {"id": "o1", "total": 19.90, "createdBy": "u1", "accountName": "Planted Name",
             "sortCode": "10-20-30", "accountNumber": "planted-number", "meta": {"$jsonb": [1, null]},
             "secrets": {"deep": [{"accountName": "Planted Name"}]}, "state": "NEW",
             "orderItems": [{"id": "i1", "note": "copy"}], "userId": "u2",
             "user": {"email": "copy@portal.example"}},
            {"id": "o2", "total": 5, "createdBy": "gone", "accountName": null, "state": 7}
          ],
          "orderItems": [
            {"id": 1, "orderId": "o1", "what": "wheel"},
            {"id": 2, "orderId": "o1", "what": "bell"},
            {"id": 3, "orderId": "o2", "what": "wheel"}
          ],
          "nothing": []
        },
        "metadata": {"totalRecords": 7}
      }
      """;

  @TempDir Path folder;

  private BackupBrowser browser(String document) throws IOException {
    Path file = Files.writeString(folder.resolve(NAME), document);
    return BackupBrowser.of(BackupBrowser.layout(file, List.of(SHOP)), List.of(SHOP));
  }

  private static List<String> texts(BrowsedRow row) {
    return row.values().stream().map(value -> value.column().name() + "=" + text(value)).toList();
  }

  private static String text(Value value) {
    return value.isText() ? value.form() + " " + value.text() : value.form().name();
  }

  @Test
  void tablesPagesAndCardsAreAsOfOtherBackups() throws IOException {
    try (BackupBrowser browser = browser(DOCUMENT)) {
      assertThat(browser.tables().stream().map(Table::logicalName))
          .containsExactly("users", "orders", "orderItems", "nothing");
      assertThat(browser.rows(browser.table("orderItems"))).isEqualTo(3);
      assertThat(browser.rows(browser.table("nothing"))).isZero();
      assertThat(browser.page(browser.table("nothing"), 0, 5)).isEmpty();
      List<BrowsedRow> items = browser.page(browser.table("orderItems"), 1, 50);
      assertThat(items).extracting(BrowsedRow::position).containsExactly(1L, 2L);
      assertThat(texts(items.getFirst()))
          .containsExactly("id=NUMBER 2", "orderId=TEXT o1", "what=TEXT bell");
      BrowsedRow second = browser.at(browser.table("users"), 1).orElseThrow();
      assertThat(second.key()).contains(List.of("u2"));
      assertThat(texts(second))
          .containsExactly(
              "id=TEXT u2",
              "email=NOTHING",
              "password=LOCKED",
              "active=NOTHING",
              "notes=TEXT a \"b\" \ufffd");
      BrowsedRow order = browser.at(browser.table("orders"), 0).orElseThrow();
      assertThat(texts(order))
          .contains("meta=JSON {\"$jsonb\":[1,null]}", "total=NUMBER 19.90", "state=TEXT NEW")
          .noneMatch(value -> value.contains("copy"));
      assertThat(texts(browser.at(browser.table("orders"), 1).orElseThrow()))
          .contains("state=TEXT 7", "accountName=NOTHING");
      assertThat(browser.at(browser.table("orders"), 2)).isEmpty();
      assertThat(browser.problem()).isEmpty();
    }
  }

  @Test
  void whatTheProfileSealsOrLooksLikeASecretIsNeitherShownNorFound() throws IOException {
    try (BackupBrowser browser = browser(DOCUMENT)) {
      Table orders = browser.table("orders");
      assertThat(texts(browser.at(orders, 0).orElseThrow()))
          .contains(
              "accountName=LOCKED", "sortCode=LOCKED", "accountNumber=LOCKED", "secrets=LOCKED");
      for (Table table : browser.tables()) {
        assertThat(browser.page(table, 0, 50).toString()).doesNotContainIgnoringCase("planted");
        for (String secret : List.of("planted", "10-20", "ENCRYPTED", "AAAA")) {
          assertThat(browser.find(table, new Query.Text(secret), 0, PLENTY).rows()).isEmpty();
        }
      }
      CofferException refused =
          catchThrowableOfType(
              CofferException.class,
              () ->
                  browser.find(
                      orders,
                      new Query.Exactly(List.of("accountName"), List.of("Planted Name")),
                      0,
                      PLENTY));
      assertThat(refused.code()).isEqualTo(ErrorCode.USAGE);
    }
  }

  @Test
  void secretsOfAFileThatHasOneTableOfTheProfileAloneAreHidden() throws IOException {
    String sales =
        """
        {"timestamp": "2026-01-25T14:30:45.123Z", "version": "1.0", "totalOrders": 1,
         "orders": [{"id": "o1", "accountName": "Planted", "account_name": "Planted"}]}
        """;
    try (BackupBrowser browser = browser(sales)) {
      assertThat(texts(browser.at(browser.table("orders"), 0).orElseThrow()))
          .containsExactly("id=TEXT o1", "accountName=LOCKED", "account_name=LOCKED");
    }
  }

  @Test
  void rowsAreFoundByTextAndByKey() throws IOException {
    try (BackupBrowser browser = browser(DOCUMENT)) {
      Found zoe = browser.find(browser.table("users"), new Query.Text("ZOË@"), 0, PLENTY);
      assertThat(zoe.rows()).extracting(BrowsedRow::position).containsExactly(0L);
      Table items = browser.table("orderItems");
      Found first = browser.find(items, new Query.Text("wheel"), 0, new Limits(1, 1L << 40));
      assertThat(first.rows()).extracting(BrowsedRow::position).containsExactly(0L);
      assertThat(first.next()).contains(2L);
      assertThat(browser.byKey(items, List.of("2"), 0, 1L << 40).rows().getFirst().position())
          .isEqualTo(1);
      assertThat(
              browser
                  .find(items, new Query.Exactly(List.of("what"), List.of("bell")), 0, PLENTY)
                  .rows())
          .hasSize(1);
    }
  }

  @Test
  void aRowLeadsToThoseThatTheProfileAndNamesTieToIt() throws IOException {
    try (BackupBrowser browser = browser(DOCUMENT)) {
      BrowsedRow order = browser.at(browser.table("orders"), 0).orElseThrow();
      Relatives relatives = browser.relatives(order, PLENTY);
      assertThat(relatives.above())
          .extracting(related -> related.columns() + "" + related.own() + related.values())
          .containsExactlyInAnyOrder("[id][createdBy][u1]", "[id][userId][u2]");
      assertThat(relatives.below()).hasSize(1);
      assertThat(relatives.below().getFirst().found().rows()).hasSize(2);
      assertThat(relatives.below().getFirst().declared()).isFalse();
      assertThat(browser.profile().links().getFirst().columns()).containsExactly("createdBy");
      assertThat(browser.table("orderItems").name())
          .isEqualTo(new QualifiedName("public", "order_items"));
    }
  }

  @Test
  void aDamagedFileIsShownAsFarAsItGoes() throws IOException {
    int cut = DOCUMENT.indexOf("{\"id\": 3,");
    try (BackupBrowser browser = browser(DOCUMENT.substring(0, cut + 5))) {
      assertThat(browser.problem().orElseThrow())
          .contains("The file is cut short (table orderItems, row 3");
      assertThat(browser.page(browser.table("orderItems"), 0, 50)).hasSize(2);
      assertThat(browser.rows(browser.table("orders"))).isEqualTo(2);
      CofferException missing =
          catchThrowableOfType(CofferException.class, () -> browser.table("nothing"));
      assertThat(missing.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
      assertThat(missing.fact()).contains("cut short");
    }
    for (String nothing : List.of("", "[]", "{\"timestamp\": ", "\u0000\u0001")) {
      try (BackupBrowser browser = browser(nothing)) {
        assertThat(browser.tables()).isEmpty();
        assertThat(browser.problem()).isPresent();
      }
    }
    Path wide = Files.writeString(folder.resolve(NAME), DOCUMENT, StandardCharsets.UTF_16LE);
    assertThat(BackupBrowser.layout(wide, List.of(SHOP)).problem().orElseThrow()).contains("UTF-8");
  }

  @Test
  void aFileThatChangesMeanwhileIsSaidTo() throws IOException {
    try (BackupBrowser browser = browser(DOCUMENT)) {
      Files.writeString(folder.resolve(NAME), DOCUMENT.substring(300));
      CofferException refused =
          catchThrowableOfType(
              CofferException.class, () -> browser.page(browser.table("orderItems"), 0, 5));
      assertThat(refused.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
      assertThat(refused.fact()).contains("has changed");
    }
  }

  @Test
  void rowsOfALargeFileAreReadWithoutThoseBeforeThem() throws IOException {
    Path file = folder.resolve(NAME);
    int rows = 30_000;
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write(
          "{\"timestamp\": \"2026-01-25T14:30:45.123Z\", \"version\": \"2.0.0\", \"tables\": {\"many\": [");
      for (int row = 0; row < rows; row++) {
        writer.write(
            (row == 0 ? "" : ",")
                + "\n  {\"id\": "
                + row
                + ", \"text\": \"\u00fc\ud83d\ude00 "
                + (row % 10_000 == 1 ? "Needle " : "")
                + "x".repeat(60)
                + "\"}");
      }
      writer.write("]}}");
    }
    try (BackupBrowser browser =
        BackupBrowser.of(BackupBrowser.layout(file, List.of()), List.of())) {
      Table many = browser.table("many");
      assertThat(browser.rows(many)).isEqualTo(rows);
      for (long from : List.of(0L, 2_777L, 12_345L, 29_999L)) {
        BrowsedRow row = browser.page(many, from, 1).getFirst();
        assertThat(row.position()).isEqualTo(from);
        assertThat(row.key()).contains(List.of(Long.toString(from)));
      }
      assertThat(browser.page(many, 29_990, 50)).hasSize(10);
      assertThat(browser.find(many, new Query.Text("needle"), 0, PLENTY).rows())
          .extracting(BrowsedRow::position)
          .containsExactly(1L, 10_001L, 20_001L);
      Found little = browser.find(many, new Query.Text("needle"), 5, new Limits(9, 1));
      assertThat(little.next().orElseThrow()).isBetween(6L, 20_000L);
      assertThat(little.bytes()).isLessThan(1 << 20);
    }
  }

  @Test
  void anSqlDumpIsSaidToBeOne() throws IOException {
    Path dump = Files.writeString(folder.resolve("manual-backup-1.sql"), "-- PostgreSQL");
    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> BackupBrowser.layout(dump, List.of()));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_A_BACKUP);
    assertThat(refused.hint()).contains("an empty database");
  }
}
