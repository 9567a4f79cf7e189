package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LegacyExportTest {
  private static final String DOCUMENT =
      """
      {
        "timestamp": "2026-01-25T14:30:45.123Z",
        "version": "3.0.0",
        "createdBy": "admin@portal.example",
        "tables": {
          "users": [
            {"id": "u1", "email": "a@portal.example", "password": "[ENCRYPTED]", "active": true},
            {"id": "u2", "email": null, "password": "[ENCRYPTED]", "notes": "a,\\"b\\"\\n\\\\."}
          ],
          "sales": [
            {"id": "s1", "total": 19.90, "metadata": {"a": [1, null]}, "smsLogs": [{"id": "m1"}]}
          ],
          "nothing": []
        }
      }
      """;
  private static final String DUMP =
      """
      -- PostgreSQL database dump
      COPY public.users (id, note) FROM stdin;
      u1\t\\N
      u2\ta\\tb
      \\.
      INSERT INTO public.sales VALUES (1);
      -- PostgreSQL database dump complete
      """;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String export(Path file, Format format, String... tables) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ExportOptions options = new ExportOptions(format, List.of(tables), List.of());
    Exporter.export(file, options, text, Progress.SILENT);
    return text.toString(StandardCharsets.UTF_8);
  }

  private static ErrorCode failure(Path file, Format format, String... tables) {
    return catchThrowableOfType(CofferException.class, () -> export(file, format, tables)).code();
  }

  @Test
  void jsonIsTheFileAsItIs() throws IOException {
    Path file = file("comprehensive-backup-2026-01-25T14-30-45-123Z.json", DOCUMENT);

    assertThat(export(file, Format.JSON)).isEqualTo(DOCUMENT);
    assertThat(export(file, Format.JSON, "sales"))
        .isEqualTo(
            "{\n\"sales\":[\n{\"id\":\"s1\",\"total\":19.90,\"metadata\":{\"a\":[1,null]}}\n]\n}\n");
  }

  @Test
  void csvHasTheColumnsOfAllRows() throws IOException {
    Path file = file("comprehensive-backup-2026-01-25T14-30-45-123Z.json", DOCUMENT);

    assertThat(export(file, Format.CSV, "users"))
        .isEqualTo(
            """
            id,email,password,active,notes
            u1,a@portal.example,[ENCRYPTED],true,
            u2,,[ENCRYPTED],,"a,""b""
            \\."
            """);
    assertThat(failure(file, Format.CSV, "nowhere")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
  }

  @Test
  void sqlLoadsRowsAndNeverAPasswordThatIsNone() throws IOException {
    Path file = file("comprehensive-backup-2026-01-25T14-30-45-123Z.json", DOCUMENT);
    String script = export(file, Format.SQL);
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE users (id text, email text, password text, active bool, notes text);
          CREATE TABLE sales (id text, total numeric, metadata jsonb);
          """);
      Psql.run(database, script).check();

      assertThat(script).startsWith("-- ROWS ALONE, FROM A BACKUP OF AN EARLIER SYSTEM");
      assertThat(database.values("SELECT notes FROM users ORDER BY id"))
          .containsExactly("null", "a,\"b\"\n\\.");
      assertThat(database.value("SELECT total || ' ' || metadata FROM sales"))
          .isEqualTo("19.90 {\"a\": [1, null]}");
      assertThat(database.value("SELECT count(*) FROM users WHERE password ~ '^!sealed:.{36}$'"))
          .isEqualTo("2");
    }
  }

  @Test
  void aDumpIsSqlAlone() throws IOException {
    Path file = file("manual-backup-2026-01-25T14-30-45-123Z.sql", DUMP);

    assertThat(export(file, Format.SQL)).isEqualTo(DUMP);
    assertThat(export(file, Format.SQL, "users"))
        .contains("COPY \"users\" (\"id\", \"note\") FROM stdin;\nu1\t\\N\nu2\ta\\tb\n\\.\n");
    assertThat(failure(file, Format.SQL, "sales")).isEqualTo(ErrorCode.USAGE);
    assertThat(failure(file, Format.JSON)).isEqualTo(ErrorCode.USAGE);
    assertThat(failure(file, Format.CSV, "users")).isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void whatIsNoBackupIsRefused() throws IOException {
    String half = DOCUMENT.substring(0, DOCUMENT.length() / 2);
    Path cut = file("comprehensive-backup-2026-01-25T14-30-45-124Z.json", half);

    assertThat(failure(cut, Format.JSON)).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(failure(file("a.png", "\u0089PNG"), Format.JSON)).isEqualTo(ErrorCode.NOT_A_BACKUP);
    assertThat(failure(file("empty.json", ""), Format.SQL)).isEqualTo(ErrorCode.NOT_A_BACKUP);
    assertThat(failure(folder.resolve("missing"), Format.SQL))
        .isEqualTo(ErrorCode.BACKUP_NOT_FOUND);
  }
}
