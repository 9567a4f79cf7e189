package dev.coffer.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.coffer.archive.Compression;
import dev.coffer.compare.ComparisonResult.SchemaDifference;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a comparison says of one change at a time. */
final class ComparisonTest {
  private static final String PROFILE =
      """
      profile: shop
      recognisedBy: [people]
      tables: {people: people}
      sealed:
        people: [account, code]
      words:
        people: {one: customer, many: customers, sealed: bank details}
      """;

  /** Whose rows make at least five chunks, wherever fingerprints let the cuts fall. */
  private TestDatabase database;

  @TempDir Path home;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE people (id int PRIMARY KEY, name text, account text, code int, note text);
        INSERT INTO people SELECT i, 'n' || i, 'a' || i, CASE WHEN i % 7 > 0 THEN i END, repeat('x', 3500)
        FROM generate_series(1, 6000) i
        """);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private KeyHome keys(String name) {
    return KeyHome.at(home.resolve(name));
  }

  private Path backup(KeyHome keys, Compression compression) {
    return State.file(
        State.request(database, home, keys, compression, Optional.of(PROFILE), List.of()));
  }

  private Path backup() {
    return backup(keys("own"), Compression.ZSTD);
  }

  private static Identity identity(KeyHome keys) {
    return keys.identity().orElseThrow();
  }

  private static List<String> summary(ComparisonResult result) {
    Profile profile =
        ProfileReader.read(
            new ByteArrayInputStream(PROFILE.getBytes(StandardCharsets.UTF_8)), "test");
    return Summary.of(result, profile);
  }

  @Test
  void whatDidNotChangeIsNotRead() throws IOException {
    Path first = backup();
    Path second = backup(keys("own"), Compression.NONE);

    State.Told told = State.compare(first, second);

    TableResult people = told.table("people");
    assertThat(told.result().same()).isTrue();
    assertThat(told.changes()).isEmpty();
    assertThat(people.chunks()).isGreaterThan(4);
    assertThat(people.skippedChunks()).isEqualTo(people.chunks());
    assertThat(people.rowsBefore()).isEqualTo(6000);
  }

  @Test
  void aChangeInOneChunkLeavesTheOthersUnread() throws IOException {
    Path first = backup();
    database.execute("UPDATE people SET name = 'other' WHERE id = 3000");

    TableResult people = State.compare(first, backup()).table("people");

    assertThat(people.counts()).isEqualTo(new ChangeLog.Counts(0, 0, 1));
    assertThat(people.skippedChunks()).isPositive().isLessThan(people.chunks());
  }

  @Test
  void sealedValuesAreComparedByFingerprintUnderOneKey() throws IOException {
    Path first = backup();
    database.execute(
        "UPDATE people SET account = 'secret' WHERE id <= 3; UPDATE people SET name = '?', code = 1"
            + " WHERE id IN (10, 11); DELETE FROM people WHERE id = 20");

    State.Told told = State.compare(first, backup());

    TableResult people = told.table("people");
    assertThat(people.secrets()).isEqualTo(Secrets.BY_FINGERPRINT);
    assertThat(people.counts()).isEqualTo(new ChangeLog.Counts(0, 1, 5));
    assertThat(people.sealedChanged()).isEqualTo(5);
    assertThat(people.valuesChanged()).isEqualTo(2);
    assertThat(people.columns()).isEqualTo(Map.of("name", 2L));
    assertThat(summary(told.result()))
        .containsExactly("1 customer deleted", "5 bank details changed", "2 customers changed");
  }

  @Test
  void openOnBothSidesItIsKnownWhichSealedValueChanged() throws IOException {
    Path first = backup();
    database.execute("UPDATE people SET code = 1 WHERE id = 10");
    Path second = backup();
    Identity identity = identity(keys("own"));

    State.Told told =
        State.compare(
            State.open(first, identity), State.open(second, identity), CompareOptions.all());

    TableResult people = told.table("people");
    assertThat(people.secrets()).isEqualTo(Secrets.OPEN);
    assertThat(people.columns()).isEqualTo(Map.of("code", 1L));
    assertThat(people.skippedChunks()).isPositive();
    assertThat(told.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Changed.class,
            changed -> {
              assertThat(new String(changed.before().secrets(), StandardCharsets.UTF_8))
                  .isEqualTo("[\"a10\",10]");
              RowValues.RowChange values =
                  new RowValues(people.pair(), people.secrets()).change(changed);
              assertThat(values.sealed()).isTrue();
              assertThat(values.toString()).contains("code").doesNotContain("10");
            });
  }

  @Test
  void underAnotherKeySealedValuesStayUnknownUnlessTheyAreOpen() throws IOException {
    Path first = backup();
    database.execute("UPDATE people SET account = 'secret' WHERE id <= 3");
    database.execute("UPDATE people SET name = 'new' WHERE id = 5");
    Path second = backup(keys("other"), Compression.NONE);

    State.Told closed = State.compare(first, second);
    State.Told open =
        State.compare(
            State.open(first, identity(keys("own"))),
            State.open(second, identity(keys("other"))),
            CompareOptions.all());

    assertThat(closed.table("people").secrets()).isEqualTo(Secrets.UNKNOWN);
    assertThat(closed.table("people").counts()).isEqualTo(new ChangeLog.Counts(0, 0, 1));
    assertThat(closed.result().notes())
        .anyMatch(note -> note.contains("people") && note.contains("could not be compared"));
    assertThat(open.table("people").counts()).isEqualTo(new ChangeLog.Counts(0, 0, 4));
    assertThat(open.table("people").columns()).isEqualTo(Map.of("name", 1L, "account", 3L));
  }

  @Test
  void columnsThatCameWentOrWereRenamedAreSaid() throws IOException {
    Path first = backup();
    database.execute(
        "ALTER TABLE people RENAME name TO title; UPDATE people SET title = 'x' WHERE id = 1");
    Path renamed = backup();
    database.execute("ALTER TABLE people ADD extra int DEFAULT 5, ALTER note TYPE varchar(4000)");
    Path added = backup();

    TableResult rename = State.compare(first, renamed).table("people");
    TableResult addition = State.compare(renamed, added).table("people");

    assertThat(rename.counts()).isEqualTo(new ChangeLog.Counts(0, 0, 1));
    assertThat(rename.columns()).isEqualTo(Map.of("name", 1L));
    assertThat(rename.schema())
        .extracting(SchemaDifference::kind, SchemaDifference::text)
        .containsExactly(tuple(SchemaDifference.Kind.COLUMN_RENAMED, "probably renamed to title"));
    assertThat(addition.counts()).isEqualTo(ChangeLog.Counts.NONE);
    assertThat(addition.schema())
        .extracting(SchemaDifference::kind)
        .containsExactly(SchemaDifference.Kind.COLUMN_ADDED, SchemaDifference.Kind.TYPE);
  }

  @Test
  void rowsWithoutAKeyAreCounted() throws IOException {
    database.execute(
        "CREATE TABLE loose (a int, b text); INSERT INTO loose SELECT 1, 'same' FROM"
            + " generate_series(1, 50000); INSERT INTO loose VALUES (2, NULL), (2, NULL), (3, 'x')");
    Path first = backup();
    database.execute(
        "DELETE FROM loose WHERE ctid IN (SELECT ctid FROM loose WHERE a = 1 LIMIT 12345);"
            + " INSERT INTO loose VALUES (2, NULL), (4, 'y')");
    Path second = backup();

    for (long memory : List.of(1L << 24, 1000L)) {
      State.Told told =
          State.compare(
              State.open(first), State.open(second), CompareOptions.all().withMemory(memory));
      assertThat(told.table("loose").counts()).isEqualTo(new ChangeLog.Counts(2, 12345, 0));
      assertThat(told.changes()).hasSize(12347);
      assertThat(told.result().notes()).anyMatch(note -> note.contains("loose"));
    }
  }

  @Test
  void tablesOnOneSideAndTablesThatNobodyKnows() throws IOException {
    Path first = backup();
    database.execute("CREATE TABLE fresh (id int PRIMARY KEY); INSERT INTO fresh VALUES (1), (2)");
    Path second = backup();

    State.Told told = State.compare(first, second);
    State.Told onlyFresh =
        State.compare(State.open(first), State.open(second), CompareOptions.of(List.of("fresh")));

    assertThat(told.result().oneSided())
        .singleElement()
        .satisfies(table -> {
          assertThat(table.side()).isEqualTo(ComparisonResult.Side.AFTER);
          assertThat(table.rows()).isEqualTo(2);
        });
    assertThat(told.result().same()).isFalse();
    assertThat(onlyFresh.result().tables()).isEmpty();
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() ->
            State.compare(
                State.open(first), State.open(second), CompareOptions.of(List.of("none"))))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
  }

  /** Far from where they were, an equal row's chunk is gone by the time that the other comes. */
  @ParameterizedTest
  @EnumSource(Compression.class)
  void rowsInTheOppositeOrderOfManyChunksAreTheSame(Compression compression) throws IOException {
    database.execute(
        """
        CREATE TABLE shelf (id int PRIMARY KEY, body text);
        INSERT INTO shelf SELECT i, repeat(md5(i::text), 60) FROM generate_series(1, 8000) i;
        """);
    Path first = backup(keys("own"), compression);
    database.execute(
        """
        CREATE TEMP TABLE turned AS SELECT * FROM shelf ORDER BY id DESC;
        TRUNCATE shelf;
        INSERT INTO shelf SELECT id, CASE id WHEN 17 THEN 'other' ELSE body END FROM turned;
        DROP TABLE turned;
        """);

    State.Told told = State.compare(first, backup(keys("own"), compression));

    TableResult shelf = told.table("shelf");
    assertThat(shelf.chunks()).isGreaterThan(10);
    assertThat(shelf.skippedChunks()).isZero();
    assertThat(shelf.counts()).isEqualTo(new ChangeLog.Counts(0, 0, 1));
  }

  @Test
  void aDamagedFileIsSaid() throws IOException {
    Path first = backup(keys("own"), Compression.NONE);
    database.execute("UPDATE people SET name = 'z'");
    Path second = backup();
    byte[] bytes = Files.readAllBytes(first);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"name\":\"n4000\"");
    bytes[at + 9] = 'm';
    Path damaged = Files.write(home.resolve("damaged.json"), bytes);

    for (List<Path> sides : List.of(List.of(damaged, second), List.of(second, damaged))) {
      assertThatExceptionOfType(CofferException.class)
          .isThrownBy(() -> State.compare(sides.getFirst(), sides.getLast()))
          .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED));
    }
  }

  @Test
  void aFileEncryptedAsAWholeIsComparedAndLeavesNothing() throws IOException {
    Path first = backup();
    Identity identity = identity(keys("own"));
    database.execute("DELETE FROM people WHERE id > 5990");
    Path encrypted =
        State.file(
            State.request(
                database,
                home,
                keys("own"),
                Compression.ZSTD,
                Optional.of(PROFILE),
                List.of(identity.recipient())));
    Path temporary = Files.createDirectory(home.resolve("tmp"));

    try (ScratchBackup after = ScratchBackup.decrypted(encrypted, List.of(identity), temporary);
        var before = State.open(first);
        ChangeLog log = new ChangeLog(temporary)) {
      assertThat(Files.getPosixFilePermissions(after.file())).hasSize(2);
      ComparisonResult result =
          Comparison.compare(before, after.backup(), CompareOptions.all(), log, Progress.SILENT);
      assertThat(result.counts()).isEqualTo(new ChangeLog.Counts(0, 10, 0));
    }
    assertThat(temporary).isEmptyDirectory();
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> ScratchBackup.decrypted(encrypted, List.of(), temporary));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aLiveDatabaseIsOpenAndWhatAKilledRunLeftIsRemoved() throws IOException {
    Path first = backup();
    Path temporary = Files.createDirectory(home.resolve("tmp"));
    Path leftover = Files.createDirectory(temporary.resolve("coffer-scratch-1"));
    Files.createFile(leftover.resolve(".lock"));
    Files.writeString(leftover.resolve("rows"), "left");
    database.execute("UPDATE people SET account = 'secret' WHERE id = 9");

    try (ScratchBackup after =
        ScratchBackup.of(
            State.request(
                database, home, keys("own"), Compression.ZSTD, Optional.of(PROFILE), List.of()),
            temporary,
            Progress.SILENT)) {
      assertThat(leftover).doesNotExist();
      assertThat(after.backup().opensSecrets()).isTrue();
      State.Told told =
          State.compare(
              State.open(first, identity(keys("own"))), after.backup(), CompareOptions.all());
      assertThat(told.table("people").columns()).isEqualTo(Map.of("account", 1L));
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aLogGivesAgainWhatItTookAndKeepsItUnreadable() throws IOException {
    Path first = backup();
    database.execute("UPDATE people SET name = name || 'PLANTED'");
    Path temporary = Files.createDirectory(home.resolve("tmp"));

    try (ChangeLog log = new ChangeLog(temporary);
        var before = State.open(first);
        var after = State.open(backup())) {
      Comparison.compare(before, after, CompareOptions.all(), log, Progress.SILENT);
      TablePair pair = log.tables().getFirst();
      int[] seen = new int[2];
      log.replay(pair, change -> seen[0]++);
      log.replay(pair, change -> seen[1]++);

      assertThat(log.counts(pair)).isEqualTo(new ChangeLog.Counts(0, 0, 6000));
      assertThat(seen).containsExactly(6000, 6000);
      assertThat(temporary).isEmptyDirectory();
    }
  }
}
