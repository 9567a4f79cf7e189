package dev.coffer.restore.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.export.Fixture;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables are loaded by COPY's binary format, and that they come back as they were. */
@ExtendWith(SeededRandom.class)
final class BinaryCopyTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path folder;

  /** The tables that are loaded by the binary format, by the class that decides. */
  private static List<String> binary(TestDatabase target, Path backup, List<Identity> identities) {
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(target.url()), Map.of(), backup);
    try (OpenedBackup opened = OpenedBackup.open(backup, identities);
        TargetSession session =
            TargetSession.open(settings, opened.header().source().serverVersion())) {
      Source source = Source.of(opened, Progress.SILENT);
      CopyFormats formats = CopyFormats.of(source, session);
      return source.tables().stream()
          .filter(formats::isBinary)
          .map(table -> table.name().name())
          .toList();
    }
  }

  private static void same(TestDatabase target, TestDatabase source, String table) {
    String rows = "SELECT t::text FROM " + table + " t ORDER BY 1";
    assertThat(target.values(rows)).as(table).isEqualTo(source.values(rows)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"13, 13", "15, 15", "13, 18", "18, 16"})
  void valuesOfKnownTypes(int from, int to, Random random) {
    Fixture fixture = new Fixture(folder);
    KnownTypes types = new KnownTypes(random, from > 13);
    try (TestDatabase source = TestDatabase.create(Servers.embedded(from));
        TestDatabase target = TestDatabase.create(Servers.embedded(to))) {
      source.execute(types.sql());
      Path backup = fixture.backup(source);
      Rebuilding.into(target, backup, fixture.identities(), to == 15 ? 2 : 1);

      assertThat(binary(target, backup, fixture.identities()))
          .containsExactlyInAnyOrderElementsOf(types.tables());
      types.tables().forEach(table -> same(target, source, table));
      assertThat(Fixture.hashes(fixture.backup(target))).isEqualTo(Fixture.hashes(backup));
    }
  }

  @Test
  void aTableOfAnotherEncoding(Random random) {
    Fixture fixture = new Fixture(folder);
    try (TestDatabase source = TestDatabase.create(SERVER, "LATIN1");
        TestDatabase target = TestDatabase.create(SERVER, "LATIN1")) {
      source.execute(
          """
          CREATE TYPE mood AS ENUM ('\u00fcbel');
          CREATE TABLE t (a text, b varchar(5), c char(4), d json, e mood);
          INSERT INTO t VALUES ('\u00e9\u00e8\n', '\u00fc\u00fc\u00fc\u00fc\u00fc', '\u00df', '"\u00f1"', '\u00fcbel');
          """);
      Path backup = fixture.backup(source);
      Rebuilding.into(target, backup, fixture.identities(), 1);

      assertThat(binary(target, backup, List.of())).containsExactly("t");
      same(target, source, "t");
    }
  }

  @Test
  void aTableWithAnyOtherTypeGoesByText() {
    Fixture fixture = new Fixture(folder);
    try (TestDatabase source = TestDatabase.create(SERVER);
        TestDatabase target = TestDatabase.create(SERVER)) {
      source.execute(
          """
          CREATE EXTENSION citext;
          CREATE DOMAIN whole AS int CHECK (VALUE > 0); CREATE TYPE pair AS (a int, b text);
          CREATE TYPE span AS RANGE (subtype = float8); CREATE TYPE mood AS ENUM ('good');
          CREATE TABLE known (id int, v mood, twice int GENERATED ALWAYS AS (id * 2) STORED);
          CREATE TABLE lacking (id int, v text); ALTER TABLE lacking DROP COLUMN v;
          CREATE TABLE computed (id int, v int[] GENERATED ALWAYS AS (ARRAY[id]) STORED);
          CREATE TABLE nothing ();
          INSERT INTO known VALUES (1, 'good'); INSERT INTO lacking VALUES (1);
          INSERT INTO computed VALUES (1); INSERT INTO nothing DEFAULT VALUES;
          SELECT lo_from_bytea(4711, 'large');
          """);
      List<String> others =
          List.of(
              "int[]|{1,NULL}",
              "mood[]|{good}",
              "whole|7",
              "pair|(1,x)",
              "span|[1,2.5)",
              "int4range|[1,3)",
              "inet|10.0.0.1/8",
              "interval|1 day 00:00:01",
              "timetz|12:00:00+01",
              "money|$1.50",
              "xml|<a/>",
              "\"char\"|c",
              "name|n",
              "oid|4711",
              "bit(3)|101",
              "citext|Ab",
              "point|(1,2)",
              "regclass|pg_class",
              "tsvector|'a' 'b'");
      for (int i = 0; i < others.size(); i++) {
        String[] type = others.get(i).split("\\|", 2);
        source.execute(
            "CREATE TABLE other_%d (id int, v %s); INSERT INTO other_%1$d VALUES (1, $_$%s$_$)"
                .formatted(i, type[0], type[1]));
      }
      Path backup = fixture.backup(source);
      Rebuilding.into(target, backup, fixture.identities(), 2);

      assertThat(binary(target, backup, fixture.identities()))
          .containsExactlyInAnyOrder("known", "lacking", "computed");
      assertThat(Fixture.hashes(fixture.backup(target))).isEqualTo(Fixture.hashes(backup));
    }
  }

  @Test
  void sealedValuesThatStayClosedGoByText() {
    Fixture fixture = new Fixture(folder);
    try (TestDatabase source = TestDatabase.create(SERVER);
        TestDatabase target = TestDatabase.create(SERVER);
        TestDatabase without = TestDatabase.create(SERVER)) {
      source.execute(
          """
          CREATE TABLE users (id int PRIMARY KEY, password text NOT NULL, api_key bytea,
            secret jsonb, token timestamptz, secret_code uuid);
          INSERT INTO users SELECT i, E'hash\\t"of\\\\' || i, nullif('key' || i, 'key3')::bytea,
            jsonb_build_object('s', 'jsonsecret' || i), now(), md5(i::text)::uuid
          FROM generate_series(1, 9) i;
          """);
      Path backup = fixture.backup(source);
      Rebuilding.into(target, backup, fixture.identities(), 1);
      Rebuilding.into(without.url(), backup, List.of(), new RebuildOptions(2, true));

      assertThat(binary(target, backup, fixture.identities())).containsExactly("users");
      same(target, source, "users");
      assertThat(binary(without, backup, List.of())).isEmpty();
      assertThat(without.value("SELECT count(*) FROM users WHERE password LIKE '!sealed%'"))
          .isEqualTo("9");
    }
  }
}
