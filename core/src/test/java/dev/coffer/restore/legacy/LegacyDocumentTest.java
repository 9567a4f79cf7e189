package dev.coffer.restore.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.ColumnName;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type, as JavaScript told them, become those of the database. */
class LegacyDocumentTest {
  private static final String TABLE =
      """
      CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      CREATE TABLE order_item (
        id text PRIMARY KEY, unit_price numeric, seen_at timestamptz, made_at timestamp,
        born date, tags text[], details jsonb, required jsonb NOT NULL, rough float8,
        padded char(5), feeling mood, many positive, doubled int GENERATED ALWAYS AS (many * 2)
          STORED, active boolean, api_token text, note text,
        rates numeric[]);
      INSERT INTO order_item VALUES (
        'a', 1.50, '2026-01-25 14:30:45.123456+00', '2026-01-25 14:30:45.123789', '2026-01-25',
        '{"x,y",NULL,"\\"q\\""}', '{"a": 1.50, "id": [1, 2.0]}', 'null', 1e21, 'ab', 'happy', 7,
        DEFAULT, true, 'token-a', E'tab\\tand "quote"',
        '{{1.50,12345678901234567.25}}');
      INSERT INTO order_item (id, required, made_at, born) VALUES
        ('b', '[]', '2026-06-25 12:30:45', '2026-06-25');
      """;

  private static final String FILE =
      """
      {"timestamp": "2026-01-25T14:30:45.123Z", "version": "2.0.0", "tables": {"orderItem": [
        {"id": "a", "unitPrice": "1.5", "seenAt": "2026-01-25T14:30:45.123Z",
         "madeAt": "2026-01-25T14:30:45.123Z", "born": "2026-01-25T00:00:00.000Z",
         "tags": ["x,y", null, "\\"q\\""], "details": {"id": [1, 2], "a": 1.5},
         "required": null, "rough": 1e21, "padded": "ab", "feeling": "happy", "many": 7,
         "doubled": 14, "active": true, "apiToken": "[ENCRYPTED]", "note": "tab\\tand \\"quote\\"",
         "rates": [[1.50, 12345678901234567.25]], "customer": {"id": "c"}, "parts": []},
        {"id": "b", "unitPrice": null, "seenAt": null, "madeAt": "2026-06-25T14:30:45+02:00",
         "born": "2026-06-25T00:00:00.000Z", "tags": null, "details": null, "required": [],
         "rough": null, "padded": null, "feeling": null, "many": null, "doubled": null,
         "active": null, "apiToken": null, "note": null, "rates": null,
         "customer": null, "parts": [{"id": 1}]}
      ]}}
      """;

  @TempDir Path home;
  private TestDatabase database;
  private KeyHome keys;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(TABLE);
    keys = KeyHome.at(home);
    keys.generate();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void valuesThatSayTheSameReadTheSame() throws IOException {
    try (LegacyDocument document = convert(FILE)) {
      assertThat(document.fidelity().columnsOnlyInFile()).containsExactly("orderItem.doubled");
      assertThat(document.fidelity().columnsOnlyInDatabase()).isEmpty();
      assertThat(document.fidelity().unknownSecrets()).containsExactly("order_item.api_token");
      List<String> lines = lines(document.backup());
      assertThat(lines).hasSize(2).isEqualTo(live(document));
      assertThat(lines.getFirst()).contains("token-a", "45.123456", "\"unit_price\":1.50");
    }
  }

  @Test
  void valuesThatDifferReadDifferent() throws IOException {
    String changed =
        FILE.replace("\"1.5\"", "\"1.51\"").replace("\"note\": null", "\"note\": \"zebra\"");
    try (LegacyDocument document = convert(changed)) {
      List<String> lines = lines(document.backup());
      assertThat(lines).doesNotContainAnyElementsOf(live(document));
      assertThat(lines.getFirst()).contains("\"unit_price\":1.51", "token-a");
      assertThat(lines.getLast()).contains("\"note\":\"zebra\"");
    }
  }

  @Test
  void aMaskIsNoValue() throws IOException {
    database.execute("DELETE FROM order_item");
    try (LegacyDocument document = convert(FILE)) {
      Table table = document.backup().header().schema().tables().getFirst();
      int token = table.storedColumns().stream().map(Column::name).toList().indexOf("api_token");
      List<String> tokens = new ArrayList<>();
      for (int place : document.backup().chunks(table)) {
        document
            .backup()
            .rows(
                table,
                place,
                row -> tokens.add(row.values().isNull(token) + " " + row.values().isClosed(token)));
      }
      assertThat(tokens).containsExactly("false true", "true false");
      assertThat(lines(document.backup()).getFirst())
          .contains("\"api_token\":\"[ENCRYPTED]\"")
          .endsWith("[null]");
    }
    assertUnsupported(
        FILE.replace("\"id\": \"b\"", "\"id\": \"[ENCRYPTED]\""), "orderItem, row 2, id: a mask");
  }

  @Test
  void aListThatTheColumnCannotTakeIsToldWithItsPlace() {
    assertUnsupported(
        FILE.replace("[[1.50,", "[[{\"a\": 1},"),
        "orderItem, row 1, rates: a list that is no numeric[]");
    assertUnsupported(
        FILE.replace("[[1.50,", "[[1e99999999999,"),
        "orderItem, row 1, rates: a list that is no numeric[]");
  }

  private void assertUnsupported(String text, String fact) {
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> convert(text))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_UNSUPPORTED);
          assertThat(refusal.fact()).contains(fact);
        });
  }

  @Test
  void storedNamesAndFarYearsAreKnown() throws IOException {
    String other =
        FILE.replace("unitPrice", "unit_price")
            .replace("orderItem", "order_item")
            .replace("2026-06-25T14:30:45+02:00", "+012026-06-25T12:30:45.000Z")
            .replace("2026-06-25T00:00:00.000Z", "-000043-03-15T00:00:00.000Z");
    try (LegacyDocument document = convert(other)) {
      assertThat(lines(document.backup()).getLast())
          .contains("\"made_at\":\"12026-06-25 12:30:45\"", "\"born\":\"0044-03-15 BC\"");
      assertThat(lines(document.backup()).getFirst()).isEqualTo(live(document).getFirst());
    }
  }

  @Test
  void rowsThatCannotBeToldApartAreLeftAlone() throws IOException {
    database.execute("CREATE TABLE other (id int PRIMARY KEY, word text)");
    String text = FILE.replace("\"tables\": {", "\"tables\": {\"other\": [{\"word\": \"x\"}], ");
    try (LegacyDocument document = convert(text)) {
      assertThat(document.fidelity().withoutKey()).containsExactly("other");
      assertThat(document.backup().header().schema().tables())
          .extracting(Table::logicalName)
          .containsExactly("order_item");
      assertThat(document.fidelity().statements())
          .anyMatch(statement -> statement.contains("left alone: other"));
    }
  }

  @Test
  void onlyTheDatabaseIsReadAndNothingStays() throws IOException {
    Path file;
    try (LegacyDocument document = convert(FILE)) {
      file = document.file();
      assertThat(file).isRegularFile();
      assertThat(Files.getPosixFilePermissions(file.getParent())).hasSize(3);
    }
    assertThat(file.getParent()).doesNotExist();
    assertThat(database.value("SELECT count(*) FROM order_item")).isEqualTo("2");
    assertThat(database.values("SELECT relname FROM pg_class WHERE relname = 'coffer_rows'"))
        .isEmpty();
  }

  private LegacyDocument convert(String text) throws IOException {
    Path file = Files.writeString(home.resolve("database-backup-1.json"), text);
    return LegacyDocument.convert(file, settings(), List.of(), keys, home, Progress.SILENT);
  }

  private ConnectionSettings settings() {
    return ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), home);
  }

  private List<String> live(LegacyDocument document) throws IOException {
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : document.backup().header().schema().tables()) {
      table
          .sealedColumns()
          .forEach(column -> sealed.add(new ColumnName(table.name(), column.name())));
    }
    BackupRequest request =
        new BackupRequest(
                settings(),
                BackupKind.DATABASE,
                "",
                "test",
                home,
                Compression.ZSTD,
                List.of(),
                keys,
                List.of(),
                1,
                "test")
            .forSafety(sealed);
    try (ScratchBackup scratch = ScratchBackup.of(request, home, Progress.SILENT)) {
      return lines(scratch.backup());
    }
  }

  private static List<String> lines(OpenedBackup backup) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Table table : backup.header().schema().tables()) {
      for (int place : backup.chunks(table)) {
        backup.rows(
            table,
            place,
            row ->
                lines.add(
                    text(row.line(), row.from(), row.to())
                        + text(row.secrets(), row.secretsFrom(), row.secretsTo())));
      }
    }
    return lines;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
