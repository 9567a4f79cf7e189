package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document is UTF-8, whatever the database is in. */
final class EncodingTest {
  /** Latin-1, a character cut short, one spelt too long, a surrogate, and beyond Unicode. */
  private static final List<String> NOT_UTF8 =
      List.of("5a6fe9", "e282", "c080", "e08080", "eda080", "f08080", "f4908080", "f8", "80", "c2");

  @TempDir Path home;

  @Test
  void aDatabaseInLatin1IsConverted() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15(), "LATIN1")) {
      database.execute(
          """
          CREATE TABLE "Größe" (id int, "ñame" text);
          INSERT INTO "Größe" SELECT i, chr(i) FROM generate_series(160, 255) i
          """);

      Taken taken = Taking.of(database, home).take();

      assertThat(taken.document().get("source").get("encoding").stringValue()).isEqualTo("LATIN1");
      assertThat(taken.rows("Größe")).hasSize(96);
      assertThat(taken.rows("Größe"))
          .allMatch(row ->
              row.get("ñame").stringValue().equals(Character.toString(row.get("id").intValue())));
    }
  }

  @Test
  void bytesWithoutAnEncodingThatAreUtf8AreKept() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15(), "SQL_ASCII")) {
      database.execute("CREATE TABLE t (v text); INSERT INTO t VALUES ('Zoë 😀 日本'), ('plain')");

      assertThat(Taking.of(database, home).take().rows("t").toString())
          .isEqualTo("[{\"v\":\"Zoë 😀 日本\"}, {\"v\":\"plain\"}]");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15(), "SQL_ASCII")) {
      database.execute("CREATE TABLE kept (id int, v text)");
      for (int i = 0; i < NOT_UTF8.size(); i++) {
        database.execute(
            "INSERT INTO kept VALUES (%d, 'planted-secret ' || convert_from('\\x%s', 'SQL_ASCII'))"
                .formatted(i, NOT_UTF8.get(i)));
      }
      assertRefused(database);
      // What has been done to real databases: from now on the server believes what it stores.
      database.execute(
          "UPDATE pg_database SET encoding = pg_char_to_encoding('UTF8')"
              + " WHERE datname = current_database()");
      for (int i = 0; i < NOT_UTF8.size(); i++) {
        assertRefused(database);
        database.execute("DELETE FROM kept WHERE id = " + i);
      }
      assertThat(Taking.of(database, home).take().rows("kept")).isEmpty();
    }
  }

  private void assertRefused(TestDatabase database) {
    Taking taking = Taking.of(database, home);

    CofferException failure = catchThrowableOfType(CofferException.class, () -> taking.take());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_UNSUPPORTED);
    assertThat(failure.fact()).contains("kept", "UTF-8");
    assertThat(failure.hint()).contains("SQL_ASCII");
    assertThat(failure).hasMessageNotContaining("planted-secret");
    assertThat(taking.files()).isEmpty();
  }
}
