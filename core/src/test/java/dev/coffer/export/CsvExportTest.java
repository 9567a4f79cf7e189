package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.progress.Progress;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SeededRandom.class)
final class CsvExportTest {
  @TempDir Path folder;

  @Test
  void isWhatPostgresWrites(Random random) {
    try (TestDatabase source = TestDatabase.create(Servers.debian15())) {
      TypeZoo.fill(source, random);
      Fixture fixture = new Fixture(folder);
      Path backup = fixture.backup(source);
      String settings =
          "SET DateStyle = ISO; SET IntervalStyle = postgres; SET TimeZone = 'UTC';"
              + "SET lc_monetary = 'C'; SET search_path = '';";
      for (String table : Fixture.counts(backup).keySet()) {
        String copy = settings + "COPY " + table + " TO stdout WITH (FORMAT csv, HEADER)";

        assertThat(fixture.export(backup, Format.CSV, List.of(), table))
            .as(table)
            .isEqualTo(Psql.run(source, copy).check().out());
      }
    }
  }

  @Test
  void loadsBack() {
    String texts = "('\\.'), (''), (NULL), (E'\\n'), ('a,b'), ('\"'), ('\\N'), (E'\\r\\n')";
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute("CREATE TABLE one (x text); INSERT INTO one VALUES " + texts);
      Fixture fixture = new Fixture(folder);
      String csv = fixture.export(fixture.backup(database), Format.CSV, List.of(), "one");
      database.execute("CREATE TABLE again (x text)");
      String script = "COPY again FROM stdin WITH (FORMAT csv, HEADER);\n" + csv + "\\.\n";
      Psql.run(database, script).check();

      assertThat(database.values("SELECT x FROM again"))
          .isEqualTo(database.values("SELECT x FROM one"))
          .hasSize(8);
    }
  }

  @Test
  void makesAFileForEachTable() throws IOException {
    try (TestDatabase source = TestDatabase.create(Servers.debian15())) {
      source.execute("CREATE TABLE plain (id int); CREATE TABLE \"../a/b\" (id int)");
      source.execute("CREATE TABLE \"PLAIN\" (id int); INSERT INTO plain VALUES (7)");
      Path backup = new Fixture(folder).backup(source);
      Path target = Files.createDirectory(folder.resolve("tables"));
      Exporter.export(
          backup, new ExportOptions(Format.CSV, List.of(), List.of()), target, Progress.SILENT);

      try (Stream<Path> files = Files.list(target)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("%2E.%2Fa%2Fb.csv", "PLAIN.csv", "plain~2.csv");
      }
      assertThat(Files.readString(target.resolve("plain~2.csv"))).isEqualTo("id\n7\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void sealedValuesStaySealedWithoutAnIdentity() {
    try (TestDatabase source = TestDatabase.create(Servers.debian15())) {
      source.execute(Scene.SECRETS);
      Fixture fixture = new Fixture(folder);
      Path backup = fixture.backup(source);

      assertThat(fixture.export(backup, Format.CSV, List.of(), "users"))
          .contains("[ENCRYPTED]")
          .doesNotContain("jsonsecret");
      assertThat(fixture.export(backup, Format.CSV, fixture.identities(), "users"))
          .doesNotContain("[ENCRYPTED]")
          .contains("jsonsecret1", "\"hash \"\"of\\1\n\"");
    }
  }
}
