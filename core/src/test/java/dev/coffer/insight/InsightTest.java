package dev.coffer.insight;

import static dev.coffer.profile.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.model.BackupKind;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Naming;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InsightTest {

  private static final Profile SHOP =
      read(
          """
          profile: shop
          recognisedBy: [orders]
          keys: camelCase
          tables: {people: people, orders: orders, mails: mails, old_mails: oldMails, kinds: kinds}
          sealed: {orders: [account]}
          rules:
            placeholder-text: {orders: [first_name]}
            repeated-digits: {orders: [account]}
          links:
            - {from: orders, columns: [owner_id], to: people, targetColumns: [id]}
          communicationSummary:
            totalOrders: {count: [orders]}
            paidRate: {rate: {orders: paid}, values: [true]}
            byPaid: {countBy: {orders: paid}}
            sumOfAmounts: {sum: {orders: amount}}
            meanAmount: {average: {orders: amount}}
            bySort: {groupBy: {orders: sort_id}, sums: {worth: amount}, lookup: {table: kinds, key: id, label: label}}
            totalMails: {count: [mails, old_mails]}
            mailRate: {rate: {mails: state, old_mails: status}, values: [SENT, READ]}
            mailsByState: {countBy: {mails: state, old_mails: status}}
          kinds:
            sales:
              tables: [orders]
              totals:
                paidOrders: {count: {orders: paid}, values: ['true']}
                worth: {sum: {orders: amount}, decimals: 2}
          """);

  private static final Table ORDERS =
      table(
          "orders",
          "id",
          "first_name",
          "account",
          "paid:boolean",
          "amount:numeric",
          "sort_id",
          "made_at:timestamp(3) without time zone",
          "owner_id");
  private static final Table KINDS = table("kinds", "id", "label");
  private static final Table PEOPLE = table("people", "id");

  private static final List<TextRow> ORDER_ROWS =
      List.of(
          order("1", "Testa", "31415926", "t", "10.10", "a", "2026-01-01 00:00:00"),
          order("2", "TEST", "11111111", "f", "20", "b", "0024-01-01 00:00:00"),
          order("3", "Si\u00C3\u00A2n", "31415927", "t", "NaN", "c", "infinity"),
          order("4", "Ann", "31415928", "t", "0.000", "zz", "2026-01-01 00:00:00"),
          order("5", "Ann\uFFFD", "31415929", null, null, null, null));

  @Test
  void countsWhatTheProfileWants() {
    InsightReport report = report(SHOP, BackupKind.COMPREHENSIVE, shopRows());
    assertThat(report.communicationSummary())
        .containsExactly(
            entry("totalOrders", 5L),
            entry("paidRate", new BigDecimal("60.0")),
            entry("byPaid", Map.of("(null)", 1L, "false", 1L, "true", 3L)),
            entry("sumOfAmounts", new BigDecimal("30.1")),
            entry("meanAmount", new BigDecimal("10.03")),
            entry(
                "bySort",
                Map.of(
                    "gift", Map.of("count", 2L, "worth", new BigDecimal("30.1")),
                    "c", Map.of("count", 1L, "worth", 0L),
                    "zz", Map.of("count", 1L, "worth", 0L),
                    "(null)", Map.of("count", 1L, "worth", 0L))));
    assertThat(report.totals()).isEmpty();
  }

  @Test
  void flagsRowsByRuleTableAndColumn() {
    InsightReport report = report(SHOP, BackupKind.COMPREHENSIVE, shopRows());
    assertThat(report.flagged())
        .containsExactly(
            new FlaggedRows("placeholder-text", "orders", "firstName", 1, List.of("2")),
            new FlaggedRows("repeated-digits", "orders", "account", 1, List.of("2")),
            new FlaggedRows("mojibake", "orders", "firstName", 1, List.of("3")),
            new FlaggedRows("replacement-character", "orders", "firstName", 1, List.of("5")),
            new FlaggedRows("date-out-of-range", "orders", "madeAt", 1, List.of("2")));
    assertThat(report.flaggedRows()).isEqualTo(5);
  }

  @Test
  void aSalesBackupStatesItsTotals() {
    InsightReport report = report(SHOP, BackupKind.SALES, Map.of(ORDERS, ORDER_ROWS));
    assertThat(report.totals())
        .containsExactly(entry("paidOrders", 3L), entry("worth", new BigDecimal("30.10")));
  }

  @Test
  void noRowsGiveRatesOfZero() {
    InsightReport report =
        report(SHOP, BackupKind.COMPREHENSIVE, Map.of(ORDERS, List.of(), KINDS, List.of()));
    assertThat(report.communicationSummary())
        .containsEntry("paidRate", new BigDecimal("0.0"))
        .containsEntry("meanAmount", new BigDecimal("0.00"))
        .containsEntry("sumOfAmounts", 0L)
        .doesNotContainKey("totalMails");
  }

  @Test
  void tablesOfOneMetricAreCountedTogetherWhereTheyExist() {
    Table mails = table("mails", "state");
    Table oldMails = table("old_mails", "status");
    List<TextRow> three = List.of(new TextRow("SENT"), new TextRow("LOST"), new TextRow("READ"));
    Map<String, Object> both =
        report(
                SHOP,
                BackupKind.COMPREHENSIVE,
                Map.of(mails, three, oldMails, List.of(new TextRow("SENT"))))
            .communicationSummary();
    assertThat(both)
        .containsExactly(
            entry("totalMails", 4L),
            entry("mailRate", new BigDecimal("75.0")),
            entry("mailsByState", Map.of("LOST", 1L, "READ", 1L, "SENT", 2L)));
    assertThat(report(SHOP, BackupKind.COMPREHENSIVE, Map.of(mails, three)).communicationSummary())
        .containsEntry("mailRate", new BigDecimal("66.7"));
  }

  @Test
  void theNeutralProfileLooksForDamageEverywhere() {
    Table odd = table(new QualifiedName("a \"b", "c.d\n"), "x \"y\"", "when:date");
    InsightReport report =
        report(
            Profile.NEUTRAL,
            BackupKind.DATABASE,
            Map.of(
                odd,
                List.of(new TextRow("Si\u00C3\u00A2n", "1066-10-14"), new TextRow("test", null))));
    assertThat(report.flagged())
        .containsExactly(
            new FlaggedRows("mojibake", "a \"b.c.d\n", "x \"y\"", 1, List.of()),
            new FlaggedRows("date-out-of-range", "a \"b.c.d\n", "when", 1, List.of()));
    assertThat(report.communicationSummary()).isEmpty();
  }

  @Test
  void everySplitAndEveryOrderGivesTheSameReport() {
    Random random = new Random(42);
    List<TextRow> rows = new ArrayList<>();
    for (int at = 0; at < 3_000; at++) {
      rows.add(
          order(
              "id-" + random.nextInt(1_000_000) + (at % 3 == 0 ? "\uD83D\uDE00" : "\uFB01") + at,
              at % 4 == 0 ? "Test" : at % 5 == 0 ? "caf\u00C3\u00A9" : "Ann",
              at % 7 == 0 ? "22222222" : "27182818",
              at % 2 == 0 ? "t" : at % 3 == 0 ? null : "f",
              (random.nextBoolean() ? "-" : "")
                  + random.nextInt(1_000)
                  + "."
                  + random.nextInt(1_000_000)
                  + "0".repeat(random.nextInt(20)),
              String.valueOf(random.nextInt(40)),
              "2026-01-01 00:00:00"));
    }
    List<Table> tables = Naming.apply(SHOP, List.of(ORDERS, KINDS), List.of()).tables();
    Insight insight = Insight.of(SHOP, BackupKind.SALES, tables, List.of());
    InsightReport expected = insight.report(watch(insight, tables.getFirst(), rows, 1, random));
    assertThat(expected.flagged().getFirst().rows()).isEqualTo(750);
    assertThat(expected.flagged().getFirst().ids()).hasSize(100).isSorted();
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(rows, random);
      List<TableInsight> observers =
          watch(insight, tables.getFirst(), rows, 1 + random.nextInt(9), random);
      Collections.shuffle(observers, random);
      if (observers.size() > 1 && random.nextBoolean()) {
        observers.getFirst().merge(observers.removeLast());
      }
      assertThat(insight.report(observers)).isEqualTo(expected);
      assertThat(insight.report(observers)).as("a second time").isEqualTo(expected);
    }
  }

  @Test
  void tooManyValuesAreAddedUpWhateverTheSplit() {
    List<TextRow> rows = new ArrayList<>();
    for (int at = 0; at < 12_000; at++) {
      rows.add(order("" + at, "Ann", "1", "t", "1", "sort" + at, null));
    }
    List<Table> tables = Naming.apply(SHOP, List.of(ORDERS), List.of()).tables();
    Insight insight = Insight.of(SHOP, tables, List.of());
    Random random = new Random(3);
    for (int parts : new int[] {1, 2, 7}) {
      assertThat(
              insight
                  .report(watch(insight, tables.getFirst(), rows, parts, random))
                  .communicationSummary())
          .containsEntry(
              "bySort", Map.of("(too many values)", Map.of("count", 12_000L, "worth", 12_000L)));
    }
  }

  @Test
  void aDocumentsReaderLeavesSealedColumnsAlone() {
    List<Table> tables = Naming.apply(SHOP, List.of(ORDERS), List.of()).tables();
    Insight backup = Insight.of(SHOP, tables, List.of());
    Insight reader = Insight.ofDocument(SHOP, BackupKind.COMPREHENSIVE, tables, List.of());
    List<FlaggedRows> all = flagged(backup, tables.getFirst());
    List<FlaggedRows> again = flagged(reader, tables.getFirst());
    assertThat(again)
        .hasSize(4)
        .containsExactlyElementsOf(all.stream().filter(reader::recomputes).toList());
    assertThat(all).allMatch(backup::recomputes);
    assertThat(reader.recomputes(new FlaggedRows("orphan", "orders", "ownerId", 1, List.of())))
        .isFalse();
  }

  @Test
  void secretsAreNotCounted() {
    Profile profile =
        read(
            """
            profile: x
            recognisedBy: [a]
            tables: {a: a}
            communicationSummary: {byToken: {countBy: {a: token}}, byGone: {countBy: {a: gone}}, sum: {sum: {a: id}}}
            """);
    List<Table> tables =
        Naming.apply(profile, List.of(table("a", "id", "token")), List.of()).tables();
    Insight insight = Insight.of(profile, tables, List.of());
    assertThat(insight.report(List.of()).communicationSummary()).isEmpty();
    assertThat(insight.leftOut())
        .containsExactly(
            "byToken: a.token is sealed", "byGone: a.gone is not there", "sum: a.id is no number");
  }

  @Test
  void tablesThatNobodyWatchesSaySo() {
    Table numbers = table("numbers", "id:integer");
    Insight insight = Insight.of(Profile.NEUTRAL, List.of(numbers, ORDERS), List.of());
    assertThat(insight.observe(numbers).watches()).isFalse();
    assertThat(insight.observe(ORDERS).watches()).isTrue();
  }

  @Test
  void orphansAreAskedForWhereNothingGuaranteesTheLink() {
    List<Table> tables = Naming.apply(SHOP, List.of(ORDERS, PEOPLE), List.of()).tables();
    ForeignKey valid = key(true);
    assertThat(Insight.of(SHOP, tables, List.of(valid)).orphanQueries()).isEmpty();
    assertThat(Insight.of(SHOP, tables, List.of(key(false))).orphanQueries()).hasSize(1);
    assertThat(Insight.of(SHOP, List.of(ORDERS), List.of()).orphanQueries()).isEmpty();
    OrphanQuery query = Insight.of(SHOP, tables, List.of()).orphanQueries().getFirst();
    assertThat(query.table()).isEqualTo("orders");
    assertThat(query.column()).isEqualTo("ownerId");
    assertThat(query.answer(0, List.of())).isEmpty();
    assertThat(query.answer(2, List.of("a", "b")))
        .contains(new FlaggedRows("orphan", "orders", "ownerId", 2, List.of("a", "b")));
  }

  private static ForeignKey key(boolean validated) {
    return new ForeignKey(
        "fk",
        ORDERS.name(),
        List.of("owner_id"),
        PEOPLE.name(),
        List.of("id"),
        "NO ACTION",
        false,
        validated);
  }

  private static Map<Table, List<TextRow>> shopRows() {
    return Map.of(
        ORDERS,
        ORDER_ROWS,
        KINDS,
        List.of(new TextRow("a", "gift"), new TextRow("b", "gift"), new TextRow("c", null)));
  }

  private static TextRow order(
      String id,
      String name,
      String account,
      @Nullable String paid,
      @Nullable String amount,
      @Nullable String sort,
      @Nullable String made) {
    return new TextRow(id, name, account, paid, amount, sort, made, "p1");
  }

  private static List<FlaggedRows> flagged(Insight insight, Table table) {
    TableInsight observer = insight.observe(table);
    ORDER_ROWS.forEach(observer::row);
    return insight.report(List.of(observer)).flagged();
  }

  private static InsightReport report(
      Profile profile, BackupKind kind, Map<Table, List<TextRow>> rows) {
    List<Table> tables = Naming.apply(profile, List.copyOf(rows.keySet()), List.of()).tables();
    Insight insight = Insight.of(profile, kind, tables, List.of());
    List<TableInsight> observers = new ArrayList<>();
    rows.forEach((table, all) -> {
      Table named =
          tables.stream().filter(one -> one.name().equals(table.name())).findFirst().orElseThrow();
      TableInsight observer = insight.observe(named);
      all.forEach(observer::row);
      observers.add(observer);
    });
    return insight.report(observers);
  }

  private static List<TableInsight> watch(
      Insight insight, Table table, List<TextRow> rows, int parts, Random random) {
    List<TableInsight> observers = new ArrayList<>();
    for (int at = 0; at < parts; at++) {
      observers.add(insight.observe(table));
    }
    rows.forEach(row -> observers.get(random.nextInt(parts)).row(row));
    return observers;
  }

  private static Profile read(String yaml) {
    return ProfileReader.read(
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "test.yaml");
  }
}
