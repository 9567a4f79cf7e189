package dev.coffer.legacy;

import static dev.coffer.legacy.LegacyFiles.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.BackupInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyBackupTest {
  private static final Instant INSTANT = Instant.parse(LegacyFiles.TIMESTAMP);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"'',''", "'  ',''", "'  ',BOM", "'  ',CRLF"})
  void comprehensive(String indent, String dress) throws IOException {
    String text = json(LegacyFiles.comprehensive(20), indent);
    text = dress.equals("CRLF") ? text.replace("\n", "\r\n") + "\r\n" : text;
    Path file = write("comprehensive-backup-", dress.equals("BOM") ? "\ufeff" + text : text);

    BackupInfo info = info(file);

    assertThat(info.state()).isEqualTo(BackupInfo.State.LEGACY);
    assertThat(info.problem()).isEmpty();
    assertThat(info.kind()).isEqualTo("comprehensive");
    assertThat(info.version()).isEqualTo("3.0.0");
    assertThat(info.timestamp()).isEqualTo(INSTANT);
    assertThat(info.createdBy()).isEqualTo("admin@portal.example");
    assertThat(info.reason()).isEqualTo("Before \"update\"");
    assertThat(info.totalRecords()).contains(43L);
    assertThat(info.tables())
        .containsExactly(
            Map.entry("users", 3L),
            Map.entry("sales", 20L),
            Map.entry("smsLogs", 20L),
            Map.entry("leads", 0L));
    assertThat(info.communicationSummary())
        .containsEntry("totalSMS", 20L)
        .containsEntry("smsSuccessRate", new BigDecimal("94.2"));
    assertThat(info.fileSize()).isEqualTo(Files.size(file));
  }

  @Test
  void comprehensiveWithoutMetadata() throws IOException {
    Map<String, Object> document = LegacyFiles.comprehensive(2);
    document.put("version", "1.0.0");
    document.remove("metadata");
    document.remove("backupType");

    BackupInfo info = info(write("comprehensive-backup-", json(document, "  ")));

    assertThat(info.kind()).isEqualTo("comprehensive");
    assertThat(info.totalRecords()).contains(7L);
    assertThat(info.communicationSummary()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "2.0.0", "2.1.0", "2.0.0-emergency"})
  void database(String version) throws IOException {
    String text = json(LegacyFiles.database(version), "  ");
    Path file =
        Files.writeString(
            folder.resolve("database-backup-" + LegacyFiles.STAMP + "-EMERGENCY.json"), text);

    BackupInfo info = info(file);

    assertThat(info.state()).isEqualTo(BackupInfo.State.LEGACY);
    assertThat(info.kind()).isEqualTo("database");
    assertThat(info.version()).isEqualTo(version);
    assertThat(info.createdBy()).isEmpty();
    assertThat(info.reason()).isEmpty();
    assertThat(info.totalRecords()).contains(6L);
    assertThat(info.tables()).containsEntry("users", 2L).containsEntry("sales", 4L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales-backup-", "sales-summary-"})
  void sales(String name) throws IOException {
    BackupInfo info = info(write(name, json(LegacyFiles.salesOnly(), "  ")));

    assertThat(info.kind()).isEqualTo("sales");
    assertThat(info.version()).isEqualTo("1.0");
    assertThat(info.createdBy()).isEqualTo("admin@portal.example");
    assertThat(info.reason()).isEqualTo("Month end");
    assertThat(info.tables()).containsExactly(Map.entry("sales", 5L), Map.entry("appliances", 5L));
    assertThat(info.totalRecords()).contains(10L);
    assertThat(info.communicationSummary())
        .containsEntry("totalSales", 5L)
        .containsEntry("totalSystemValue", new BigDecimal("12345.67"))
        .containsEntry("customersWithBoilers", 3L);
  }

  @Test
  void aSummaryWithoutRows() throws IOException {
    Map<String, Object> document = LegacyFiles.salesOnly();
    document.remove("sales");
    document.remove("appliances");

    BackupInfo info = info(write("sales-summary-", json(document, "  ")));

    assertThat(info.state()).isEqualTo(BackupInfo.State.LEGACY);
    assertThat(info.totalRecords()).isEmpty();
    assertThat(info.communicationSummary()).containsEntry("totalSales", 5L);
  }

  @Test
  void sqlDump() throws IOException {
    Path file = folder.resolve("manual-backup-" + LegacyFiles.STAMP + ".sql");
    Files.writeString(file, LegacyFiles.SQL);

    BackupInfo info = info(file);

    assertThat(info.state()).isEqualTo(BackupInfo.State.LEGACY);
    assertThat(info.kind()).isEqualTo("sql");
    assertThat(info.timestamp()).isEqualTo(INSTANT);
    assertThat(info.tables())
        .containsExactly(
            Map.entry("users", 2L),
            Map.entry("Lead", 1L),
            Map.entry("other.Sale.Link", 0L),
            Map.entry("settings", 2L));
    assertThat(info.totalRecords()).contains(5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {".meta.json", ".sql.meta.json"})
  void sqlDumpWithMetadata(String suffix) throws IOException {
    Path file = folder.resolve("manual-backup-" + LegacyFiles.STAMP + ".sql");
    Files.writeString(file, LegacyFiles.SQL.replace("\n", "\r\n"));
    Path metadata = folder.resolve("manual-backup-" + LegacyFiles.STAMP + suffix);
    Files.writeString(
        metadata,
        "{\"timestamp\":\"2026-01-25T15:00:00Z\",\"createdBy\":\"admin\",\"reason\":\"Why\"}");

    BackupInfo info = info(file);

    assertThat(info.createdBy()).isEqualTo("admin");
    assertThat(info.reason()).isEqualTo("Why");
    assertThat(info.timestamp()).isEqualTo(Instant.parse("2026-01-25T15:00:00Z"));
    assertThat(info.tables()).containsEntry("users", 2L);
    assertThat(LegacyBackup.recognise(metadata)).isEmpty();
  }

  @Test
  void insertsOfSeveralRowsAreNotCounted() throws IOException {
    Path file = folder.resolve("manual-backup-x.sql");
    Files.writeString(file, "INSERT INTO users VALUES\n\t(1),\n\t(2);\n");

    assertThat(info(file).totalRecords()).isEmpty();
    assertThat(info(file).tables()).isEmpty();
  }

  @Test
  void damagedOnesAreListedAsCorrupted() throws IOException {
    String text = json(LegacyFiles.comprehensive(20), "  ");
    BackupInfo cut = info(write("comprehensive-backup-", text.substring(0, text.length() / 2)));

    assertThat(cut.state()).isEqualTo(BackupInfo.State.CORRUPTED);
    assertThat(cut.problem().orElseThrow()).contains("cut short", "row", "byte", "line");
    assertThat(cut.createdBy()).isEqualTo("admin@portal.example");
    assertThat(cut.timestamp()).isEqualTo(INSTANT);
    assertThat(cut.totalRecords()).isEmpty();
    assertThat(cut.tables()).containsEntry("users", 3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\u0000\u0000\u0000", "[1]", "{}", "not json", "{\"tables\": {\"a\":"})
  void garbageUnderALegacyNameIsListedAsCorrupted(String text) throws IOException {
    BackupInfo info = info(write("database-backup-", text));

    assertThat(info.state()).isEqualTo(BackupInfo.State.CORRUPTED);
    assertThat(info.problem()).isPresent();
    assertThat(info.timestamp()).as("from the name").isEqualTo(INSTANT);
    assertThat(info.kind()).isEqualTo("database");
  }

  @Test
  void aFolderUnderALegacyNameIsListedAsCorrupted() throws IOException {
    Path file = Files.createDirectory(folder.resolve("database-backup-x.json"));

    assertThat(info(file).problem().orElseThrow()).contains("folder");
  }

  @Test
  void otherFilesAreNotRecognised() throws IOException {
    Map<String, Object> current = LegacyFiles.comprehensive(1);
    current.put("version", "4.0.0");
    Path png = Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    Path other = Files.writeString(folder.resolve("package.json"), "{\"version\":\"1.0.0\"}");
    Path compressed = Files.writeString(folder.resolve("database-backup-x.json.zst"), "x");

    assertThat(LegacyBackup.recognise(write("comprehensive-backup-", json(current, "")))).isEmpty();
    assertThat(LegacyBackup.recognise(png)).isEmpty();
    assertThat(LegacyBackup.recognise(other)).isEmpty();
    assertThat(LegacyBackup.recognise(compressed)).isEmpty();
    Path renamed = Files.writeString(folder.resolve("old.json"), json(LegacyFiles.salesOnly(), ""));
    assertThat(LegacyBackup.recognise(renamed)).isPresent();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name + LegacyFiles.STAMP + ".json");
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static BackupInfo info(Path file) {
    return LegacyBackup.recognise(file).orElseThrow().info();
  }
}
