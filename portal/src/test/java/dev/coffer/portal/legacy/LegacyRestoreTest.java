package dev.coffer.portal.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.CompareOptions;
import dev.coffer.compare.Comparison;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Table;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.ColumnName;
import dev.coffer.progress.Progress;
import dev.coffer.restore.legacy.LegacyDocument;
import dev.coffer.restore.legacy.LegacyOptions;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A file of the earlier system is a document like any other, against the live portal. */
class LegacyRestoreTest {
  @TempDir private static Path home;

  private static TestDatabase template;
  private static Map<String, Object> file;
  private static KeyHome keys;

  @TempDir Path folder;

  @BeforeAll
  static void create() throws SQLException {
    template = TestDatabase.create(Servers.debian15());
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(template.jdbcUrl());
    source.setUser(template.server().user());
    source.setPassword(template.server().password());
    SamplePortal.create(source, SamplePortal.Options.ofScale(0.05));
    try (Connection connection = template.connect()) {
      file = new LegacyPortal(connection).comprehensive();
    }
    keys = KeyHome.at(home);
    keys.generate();
  }

  @AfterAll
  static void drop() {
    template.close();
  }

  @Test
  void anUnchangedDatabaseDiffersInNothing() throws IOException {
    try (LegacyDocument document = convert(template, write(file))) {
      Map<String, Set<String>> lines = lines(document.backup());
      assertThat(lines.keySet()).contains("users", "sales", "leads", "leadToSaleLinks");
      assertThat(lines.get("sales")).hasSizeGreaterThan(20);
      assertThat(lines).isEqualTo(live(template, document, lines.keySet()));
      ComparisonResult result =
          compare(
              template,
              document,
              (pair, change) -> {
                throw new AssertionError(pair.before().logicalName() + " differs");
              });
      assertThat(result.counts().all()).isZero();
      assertThat(result.structure()).isEmpty();
      assertThat(result.tables()).hasSize(12).noneMatch(ComparisonResult.TableResult::differs);
      assertThat(document.fidelity().unknownSecrets()).containsExactly("users.password");
      assertThat(document.fidelity().onlyInDatabase())
          .containsExactlyInAnyOrder("emailLogs", "communicationLogs", "_prisma_migrations");
      assertThat(document.fidelity().columnsOnlyInFile()).isEmpty();
      assertThat(document.fidelity().columnsOnlyInDatabase()).isEmpty();
      assertThat(document.fidelity().statements().getFirst()).contains("3.0.0", "no schema");
    }
    assertThat(home).isDirectoryNotContaining(path -> path.toString().contains("scratch"));
  }

  @Test
  void differencesAreExactlyWhatWasDone() throws IOException {
    try (TestDatabase live = TestDatabase.createFrom(template)) {
      String sale = live.value("SELECT id FROM sales ORDER BY id LIMIT 1");
      String user = live.value("SELECT min(id) FROM users");
      live.execute("UPDATE sales SET \"accountNumber\" = '00000001' WHERE id = '" + sale + "'");
      live.execute("UPDATE users SET email = 'other@portal.example' WHERE id = '" + user + "'");
      live.execute(
          "DELETE FROM sms_logs WHERE id IN (SELECT id FROM sms_logs ORDER BY id LIMIT 3)");
      live.execute(
          "UPDATE \"Lead\" SET total_plan_cost = total_plan_cost + 0.01"
              + " WHERE id = (SELECT min(id) FROM \"Lead\")");
      try (LegacyDocument document = convert(live, write(file))) {
        Map<String, String> differences = new TreeMap<>();
        ComparisonResult result =
            compare(
                live,
                document,
                (pair, change) ->
                    differences.merge(
                        pair.before().logicalName(),
                        change.getClass().getSimpleName(),
                        (known, more) -> known + " " + more));
        Map<String, Long> columns = new TreeMap<>();
        result
            .tables()
            .forEach(table ->
                table
                    .columns()
                    .forEach((column, rows) ->
                        columns.put(table.pair().before().logicalName() + "." + column, rows)));
        assertThat(columns)
            .isEqualTo(
                Map.of("sales.accountNumber", 1L, "users.email", 1L, "leads.total_plan_cost", 1L));
        assertThat(result.notes()).isEmpty();
        assertThat(differences)
            .isEqualTo(
                Map.of(
                    "sales",
                    "Changed",
                    "users",
                    "Changed",
                    "smsLogs",
                    "Removed Removed Removed",
                    "leads",
                    "Changed"));
      }
    }
  }

  @Test
  void aUserWhoIsGoneComesWithoutAPassword() throws IOException {
    try (TestDatabase live = TestDatabase.createFrom(template)) {
      live.execute(
          "INSERT INTO users (id, email, password, role, \"createdAt\", \"updatedAt\")"
              + " VALUES ('cm0goneuser', 'gone@portal.example', 'secret-hash', 'AGENT', now(), now())");
      Map<String, Object> document;
      try (Connection connection = live.connect()) {
        document = new LegacyPortal(connection).comprehensive();
      } catch (SQLException failure) {
        throw new AssertionError(failure);
      }
      live.execute("DELETE FROM users WHERE id = 'cm0goneuser'");
      try (LegacyDocument converted = convert(live, write(document))) {
        OpenedBackup backup = converted.backup();
        Table users = table(backup, "users");
        int id = index(users, "id");
        int password = index(users, "password");
        Map<String, Boolean> closed = new TreeMap<>();
        for (int place : backup.chunks(users)) {
          backup.rows(
              users,
              place,
              row -> {
                dev.coffer.bytes.ByteSink text = new dev.coffer.bytes.ByteSink(64);
                row.values().plainText(id, text);
                closed.put(
                    new String(text.toByteArray(), StandardCharsets.UTF_8),
                    row.values().isClosed(password));
              });
        }
        assertThat(closed).containsEntry("cm0goneuser", true);
        closed.remove("cm0goneuser");
        assertThat(closed.values()).isNotEmpty().containsOnly(false);
        assertThat(Files.readAllBytes(converted.file()).length).isPositive();
      }
    }
  }

  @Test
  void bankDetailsLieNowhereInTheClear() throws IOException {
    String account = template.value("SELECT max(\"accountNumber\") FROM sales");
    Path legacy = write(file);
    assertThat(Files.readString(legacy)).contains(account);
    try (LegacyDocument document = convert(template, legacy);
        OpenedBackup closed = OpenedBackup.open(document.file(), List.of())) {
      Table sales = table(closed, "sales");
      for (int place : closed.chunks(sales)) {
        closed.rows(
            sales,
            place,
            row ->
                assertThat(
                        new String(
                            row.line(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8))
                    .contains("\"accountNumber\":\"[ENCRYPTED]\"")
                    .doesNotContain(account));
      }
      StringBuilder opened = new StringBuilder();
      for (int place : document.backup().chunks(sales)) {
        document
            .backup()
            .rows(
                sales,
                place,
                row ->
                    opened.append(
                        new String(
                            row.secrets(),
                            row.secretsFrom(),
                            row.secretsTo() - row.secretsFrom(),
                            StandardCharsets.UTF_8)));
      }
      assertThat(opened.toString()).contains(account);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "2.0.0", "2.1.0", "2.0.0-emergency"})
  void databaseBackupsConvert(String version) throws IOException, SQLException {
    Map<String, Object> document;
    try (Connection connection = template.connect()) {
      document = new LegacyPortal(connection).database(version);
    }
    try (LegacyDocument converted = convert(template, write(document))) {
      Map<String, Set<String>> lines = lines(converted.backup());
      assertThat(lines).isEqualTo(live(template, converted, lines.keySet())).hasSize(12);
      assertThat(converted.fidelity().emptyInFile())
          .isEqualTo(
              version.equals("2.1.0") ? List.of("emailLogs", "communicationLogs") : List.of());
    }
  }

  @Test
  void salesAloneNeverDecideWhatIsDeleted() throws IOException, SQLException {
    Map<String, Object> document;
    try (Connection connection = template.connect()) {
      document = new LegacyPortal(connection).sales();
    }
    try (LegacyDocument converted = convert(template, write(document))) {
      Map<String, Set<String>> lines = lines(converted.backup());
      assertThat(lines).containsOnlyKeys("sales", "appliances");
      assertThat(lines).isEqualTo(live(template, converted, lines.keySet()));
      assertThatExceptionOfType(CofferException.class)
          .isThrownBy(() -> converted.requireExactAllowed(List.of()))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE));
      converted.requireExactAllowed(List.of("sales"));
    }
  }

  @Test
  void badValuesAreNamedAndNeverShown() throws IOException {
    Map<String, Object> damaged = copy(file);
    LegacyPortal.table(damaged, "sales").get(2).put("status", "zebra");
    LegacyPortal.table(damaged, "sales").get(5).put("totalPlanCost", "quagga");
    LegacyPortal.table(damaged, "leads").get(0).remove("email");
    LegacyPortal.table(damaged, "users").get(1).put("email", null);
    LegacyPortal.table(damaged, "users").get(0).put("role", "half \ud83d");
    Path legacy = write(damaged);
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> convert(template, legacy))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_UNSUPPORTED);
          assertThat(refusal.fact())
              .contains("sales, row 3, status: no value of type")
              .contains("sales, row 6, totalPlanCost: no value of type double precision")
              .contains("leads, row 1, email: missing")
              .contains("users, row 2, email: null")
              .contains("users, row 1, role: a text with a character")
              .doesNotContain("zebra")
              .doesNotContain("quagga");
        });
    try (LegacyDocument document = convert(template, legacy, new LegacyOptions(Set.of(), true))) {
      assertThat(document.fidelity().skipped()).hasSize(5);
      Map<String, Set<String>> lines = lines(document.backup());
      Map<String, Set<String>> live = live(template, document, lines.keySet());
      assertThat(live.get("sales")).containsAll(lines.get("sales"));
      assertThat(lines.get("sales")).hasSize(live.get("sales").size() - 2);
      assertThat(lines.get("users")).hasSize(live.get("users").size() - 2);
      assertThatExceptionOfType(CofferException.class)
          .isThrownBy(() -> document.requireExactAllowed(List.of()));
    }
  }

  @Test
  void whatOneSideLacksIsSaid() throws IOException {
    Map<String, Object> other = copy(file);
    LegacyPortal.table(other, "sales")
        .forEach(sale -> {
          sale.put("loyaltyTier", "gold");
          sale.remove("agentName");
        });
    tables(other).put("vouchers", List.of(Map.of("id", "v1")));
    try (LegacyDocument document = convert(template, write(other))) {
      assertThat(document.fidelity().onlyInFile()).containsExactly("vouchers");
      assertThat(document.fidelity().columnsOnlyInFile()).containsExactly("sales.loyaltyTier");
      assertThat(document.fidelity().columnsOnlyInDatabase()).containsExactly("sales.agentName");
      assertThat(table(document.backup(), "sales").columns())
          .extracting("name")
          .contains("id", "accountNumber")
          .doesNotContain("agentName");
    }
    try (LegacyDocument document =
        convert(template, write(other), new LegacyOptions(Set.of("Lead", "smsLogs"), false))) {
      assertThat(document.backup().header().schema().tables())
          .extracting(Table::logicalName)
          .containsExactly("smsLogs", "leads");
    }
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(
            () -> convert(template, write(other), new LegacyOptions(Set.of("vouchers"), false)))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
  }

  @Test
  void aDumpAndAnEmptyDatabaseAreRefused() throws IOException {
    Path dump = Files.writeString(folder.resolve("manual-backup-2026.sql"), "SELECT 1;");
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> convert(template, dump))
        .satisfies(refusal -> assertThat(refusal.hint()).contains("psql"));
    try (TestDatabase empty = TestDatabase.create(Servers.debian15())) {
      assertThatExceptionOfType(CofferException.class)
          .isThrownBy(() -> convert(empty, write(file)))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_DIFFERS));
    }
    Path cut = folder.resolve("database-backup-cut.json");
    Files.writeString(cut, Files.readString(write(file)).substring(0, 5000));
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> convert(template, cut))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tables(Map<String, Object> document) {
    return (Map<String, Object>) document.get("tables");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Map<String, Object> document) {
    return tools.jackson.databind.json.JsonMapper.shared()
        .convertValue(document, java.util.LinkedHashMap.class);
  }

  private Path write(Map<String, Object> document) {
    return LegacyPortal.write(
        document, folder.resolve("comprehensive-backup-2026-01-25T14-30-45-123Z.json"));
  }

  private LegacyDocument convert(TestDatabase live, Path legacy) {
    return convert(live, legacy, LegacyOptions.ALL);
  }

  private LegacyDocument convert(TestDatabase live, Path legacy, LegacyOptions options) {
    return LegacyDocument.convert(
        legacy,
        settings(live),
        List.of(PortalProfiles.salesPortal()),
        keys,
        options,
        home,
        Progress.SILENT);
  }

  private static ConnectionSettings settings(TestDatabase database) {
    return ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), home);
  }

  /** Takes a change; tables are of no interest. */
  @FunctionalInterface
  private interface Changes {
    void change(TablePair pair, Change change);
  }

  private static ComparisonResult compare(
      TestDatabase database, LegacyDocument document, Changes changes) {
    ChangeSink sink =
        new ChangeSink() {
          @Override
          public void table(TablePair pair) {}

          @Override
          public void change(TablePair pair, Change change) {
            changes.change(pair, change);
          }
        };
    try (ScratchBackup scratch = scratch(database, document)) {
      return Comparison.compare(
          document.backup(), scratch.backup(), CompareOptions.all(), sink, Progress.SILENT);
    }
  }

  /** The live database's rows, with their opened secrets, in those tables. */
  private static Map<String, Set<String>> live(
      TestDatabase database, LegacyDocument document, Set<String> tables) throws IOException {
    try (ScratchBackup scratch = scratch(database, document)) {
      Map<String, Set<String>> lines = lines(scratch.backup());
      lines.keySet().retainAll(tables);
      return lines;
    }
  }

  private static ScratchBackup scratch(TestDatabase database, LegacyDocument document) {
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : document.backup().header().schema().tables()) {
      table
          .sealedColumns()
          .forEach(column -> sealed.add(new ColumnName(table.name(), column.name())));
    }
    BackupRequest request =
        new BackupRequest(
                settings(database),
                BackupKind.DATABASE,
                "",
                "test",
                home,
                Compression.ZSTD,
                List.of(PortalProfiles.salesPortal()),
                keys,
                List.of(),
                1,
                "test")
            .forSafety(sealed);
    return ScratchBackup.of(request, home, Progress.SILENT);
  }

  private static Map<String, Set<String>> lines(OpenedBackup backup) throws IOException {
    Map<String, Set<String>> lines = new TreeMap<>();
    for (Table table : backup.header().schema().tables()) {
      Set<String> rows = new TreeSet<>();
      for (int place : backup.chunks(table)) {
        backup.rows(
            table,
            place,
            row ->
                rows.add(
                    new String(
                            Arrays.copyOfRange(row.line(), row.from(), row.to()),
                            StandardCharsets.UTF_8)
                        + new String(
                            Arrays.copyOfRange(row.secrets(), row.secretsFrom(), row.secretsTo()),
                            StandardCharsets.UTF_8)));
      }
      lines.put(table.logicalName(), rows);
    }
    return lines;
  }

  private static Table table(OpenedBackup backup, String name) {
    return backup.header().schema().tables().stream()
        .filter(table -> table.logicalName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int index(Table table, String column) {
    return table.storedColumns().stream()
        .map(dev.coffer.model.Column::name)
        .toList()
        .indexOf(column);
  }
}
