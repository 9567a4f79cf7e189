package dev.coffer.portal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.Compression;
import dev.coffer.archive.Pieces;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.bytes.ByteSink;
import dev.coffer.insight.Insight;
import dev.coffer.insight.InsightReport;
import dev.coffer.insight.TableInsight;
import dev.coffer.json.RowFormatException;
import dev.coffer.json.RowParser;
import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.model.BackupKind;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.portal.Query;
import dev.coffer.portal.sample.PlantedFlaws;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A whole portal is backed up: what the backup says about it is what SQL says. */
class PortalInsightTest {
  @TempDir private static Path folder;

  private static final Profile PROFILE = PortalProfiles.salesPortal();
  private static TestDatabase server;
  private static DataSource database;
  private static PlantedFlaws planted;

  @BeforeAll
  static void create() {
    server = TestDatabase.create(Servers.debian15());
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl());
    source.setUser(server.server().user());
    source.setPassword(server.server().password());
    database = source;
    planted = SamplePortal.create(database, SamplePortal.Options.ofScale(1)).plantedFlaws();
  }

  @AfterAll
  static void drop() {
    server.close();
  }

  @Test
  void exactlyThePlantedRowsAreFlagged() throws IOException {
    try (ArchiveReader document = backup(BackupKind.COMPREHENSIVE)) {
      Map<String, String> found = new TreeMap<>();
      for (FlaggedRows flagged : document.metadata().flagged()) {
        assertThat(flagged.ids()).hasSize((int) flagged.rows());
        flagged.ids().forEach(id -> found.put(id, place(flagged)));
      }
      Map<String, String> expected = new TreeMap<>();
      planted
          .flaws()
          .forEach(
              flaw -> expected.put(flaw.id(), place(document.header().schema().tables(), flaw)));
      assertThat(found).isEqualTo(expected);
    }
  }

  private static String place(FlaggedRows flagged) {
    return flagged.rule() + " " + flagged.table() + "." + flagged.column();
  }

  private static String place(List<Table> tables, PlantedFlaws.PlantedFlaw flaw) {
    Table table =
        tables.stream()
            .filter(one -> one.name().name().equals(flaw.table()))
            .findFirst()
            .orElseThrow();
    Column column =
        table.columns().stream()
            .filter(one -> one.name().equals(flaw.column()))
            .findFirst()
            .orElseThrow();
    return flaw.rule() + " " + table.logicalName() + "." + column.key();
  }

  @Test
  void theSummaryIsWhatSqlCounts() throws IOException {
    try (ArchiveReader document = backup(BackupKind.COMPREHENSIVE)) {
      Map<String, Object> summary = document.metadata().communicationSummary();
      assertThat(summary.keySet())
          .containsExactlyElementsOf(PROFILE.communicationSummary().sequencedKeySet());
      assertThat(summary)
          .containsEntry("totalSMS", count("sms_logs"))
          .containsEntry(
              "smsSuccessRate",
              decimal(
                  "SELECT round(100.0 * count(*) FILTER (WHERE \"smsStatus\" = 'SENT') / count(*), 1)"
                      + " FROM sms_logs"))
          .containsEntry("totalDocuments", count("generated_documents"))
          .containsEntry("documentsGenerated", count("generated_documents"))
          .containsEntry(
              "documentDownloads",
              Query.number(database, "SELECT sum(\"downloadCount\") FROM generated_documents"))
          .containsEntry("totalEmails", count("\"EmailLog\""))
          .containsEntry(
              "emailSuccessRate",
              decimal(
                  "SELECT round(100.0 * count(*) FILTER (WHERE \"emailStatus\" IN"
                      + " ('SENT', 'OPENED', 'CLICKED')) / count(*), 1) FROM \"EmailLog\""));
      assertThat(lines(summary, "communicationsByType"))
          .containsExactlyElementsOf(
              sorted(
                  "SELECT \"communicationType\", count(*) FROM \"CommunicationLog\" GROUP BY 1"));
      assertThat(lines(summary, "documentsByTemplate"))
          .containsExactlyElementsOf(
              sorted(
                  "SELECT \"templateType\", format('{count=%s, downloads=%s}', count(*),"
                      + " sum(\"downloadCount\")) FROM generated_documents d JOIN document_templates"
                      + " t ON t.id = \"templateId\" GROUP BY 1"));
    }
  }

  private static List<String> sorted(String sql) {
    return Query.texts(database, sql).stream().sorted().toList();
  }

  private static List<String> lines(Map<String, Object> summary, String name) {
    List<String> lines = new ArrayList<>();
    if (summary.get(name) instanceof Map<?, ?> counts) {
      counts.forEach((value, rows) -> lines.add(value + "|" + rows));
    }
    return lines;
  }

  @Test
  void aBackupOfSalesStatesItsTotals() throws IOException {
    try (ArchiveReader document = backup(BackupKind.SALES)) {
      assertThat(document.metadata().totals().orElseThrow())
          .containsEntry("totalSales", count("sales"))
          .containsEntry(
              "totalSystemValue",
              decimal("SELECT round(sum(\"totalPlanCost\"::numeric), 2) FROM sales"))
          .containsEntry(
              "averagePerCustomer",
              decimal("SELECT round(avg(\"totalPlanCost\"::numeric), 2) FROM sales"))
          .containsEntry(
              "customersWithBoilers",
              Query.number(database, "SELECT count(*) FROM sales WHERE \"boilerCoverSelected\""))
          .containsEntry("totalAppliances", count("appliances"));
    }
  }

  @Test
  void readingTheDocumentAgainTellsTheSame() throws IOException, RowFormatException {
    try (ArchiveReader document = backup(BackupKind.COMPREHENSIVE)) {
      List<Table> tables = document.header().schema().tables();
      Insight insight =
          Insight.ofDocument(
              PROFILE, BackupKind.COMPREHENSIVE, tables, document.header().schema().foreignKeys());
      List<TableInsight> observers = new ArrayList<>();
      for (ChunkEntry chunk : document.metadata().chunks()) {
        if (!chunk.sealed()) {
          observers.add(watch(insight, tables, chunk, document.chunk(chunk)));
        }
      }
      InsightReport report = insight.report(observers);
      BackupMetadata metadata = document.metadata();
      assertThat(report.communicationSummary()).isEqualTo(metadata.communicationSummary());
      assertThat(report.flagged())
          .isNotEmpty()
          .containsExactlyElementsOf(
              metadata.flagged().stream().filter(insight::recomputes).toList());
    }
  }

  private static TableInsight watch(
      Insight insight, List<Table> tables, ChunkEntry chunk, ByteSink text)
      throws RowFormatException {
    Table table =
        tables.stream()
            .filter(one -> one.logicalName().equals(chunk.table()))
            .findFirst()
            .orElseThrow();
    TableInsight observer = insight.observe(table);
    RowParser parser = new RowParser(table);
    int at = 0;
    while (at < text.length()) {
      at = parser.parse(text.array(), at, text.length()) + ",\n".length();
      observer.row(parser);
    }
    return observer;
  }

  private static ArchiveReader backup(BackupKind kind) throws IOException {
    Path root = Files.createTempDirectory(folder, kind.word());
    Path file =
        Backups.take(
                new BackupRequest(
                    ConnectionSettings.resolve(Optional.of(server.url()), Map.of(), folder),
                    kind,
                    "a test",
                    "test",
                    root,
                    Compression.ZSTD,
                    PortalProfiles.all(),
                    KeyHome.at(folder.resolve("keys")),
                    List.of(),
                    2,
                    "test"),
                Progress.SILENT)
            .file();
    return ArchiveReader.open(file, Pieces.form(file));
  }

  private static long count(String table) {
    return Query.number(database, "SELECT count(*) FROM " + table);
  }

  private static BigDecimal decimal(String sql) {
    return new BigDecimal(Query.texts(database, sql).getFirst());
  }
}
