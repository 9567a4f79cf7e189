package dev.coffer.restore.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.Pieces;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.Fixture;
import dev.coffer.model.ChunkEntry;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import dev.coffer.verify.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a rebuild ends before its end, the database is empty as before, or the next run sees. */
final class UnfinishedRebuildTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  /** Everything that dropping a schema does not drop, and what public may hold. */
  private static final String STRUCTURE =
      """
      COMMENT ON SCHEMA public IS 'ours'; GRANT CREATE ON SCHEMA public TO PUBLIC;
      CREATE SCHEMA other;
      CREATE EXTENSION hstore; CREATE EXTENSION citext WITH SCHEMA other;
      CREATE TYPE public.mood AS ENUM ('good', 'bad'); CREATE DOMAIN small AS int CHECK (VALUE < 9);
      CREATE TYPE pair AS (a int, b int); CREATE TYPE span AS RANGE (subtype = int);
      CREATE TABLE first (id serial PRIMARY KEY, mood mood, note text);
      CREATE TABLE other.last (id int PRIMARY KEY REFERENCES first, note text, small small);
      CREATE TABLE parts (id int) PARTITION BY LIST (id);
      CREATE TABLE part PARTITION OF parts DEFAULT;
      CREATE VIEW looks AS SELECT * FROM first; CREATE MATERIALIZED VIEW sums AS SELECT 1 AS one;
      CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER noticed ON ddl_command_end EXECUTE FUNCTION noticed();
      CREATE FUNCTION num(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE CAST (mood AS int) WITH FUNCTION num(mood);
      CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int);
      CREATE OPERATOR @@@ (rightarg = mood, function = num);
      CREATE TEXT SEARCH CONFIGURATION simple_too (COPY = simple);
      CREATE COLLATION plain (provider = libc, locale = 'C');
      CREATE STATISTICS together ON id, note FROM first;
      CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
      CREATE PUBLICATION news FOR TABLE first;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      INSERT INTO first (mood, note) SELECT 'good', repeat(md5(i::text), 20)
        FROM generate_series(1, 9000) i;
      INSERT INTO other.last SELECT i, repeat(md5(i::text), 20), 1 FROM generate_series(1, 3000) i;
      SELECT lo_from_bytea(4711, 'large');
      """;

  @TempDir Path folder;
  private Fixture fixture;
  private TestDatabase source;
  private TestDatabase target;
  private String empty = "";

  @BeforeEach
  void create() {
    fixture = new Fixture(folder).plain();
    source = TestDatabase.create(SERVER);
    target = TestDatabase.create(SERVER);
    source.execute(STRUCTURE);
    empty = PgDump.everything(target);
  }

  @AfterEach
  void drop() {
    source.close();
    target.close();
  }

  private CofferException failing(String url, Path backup, int jobs, Progress progress) {
    ConnectionSettings settings = ConnectionSettings.resolve(Optional.of(url), Map.of(), folder);
    try (OpenedBackup opened = OpenedBackup.open(backup, fixture.identities())) {
      return catchThrowableOfType(
          CofferException.class,
          () -> Rebuild.into(opened, settings, new RebuildOptions(jobs, false), progress));
    }
  }

  private void requireEmpty() {
    assertThat(PgDump.everything(target).lines().filter(line -> !line.isBlank()))
        .containsExactlyElementsOf(empty.lines().filter(line -> !line.isBlank()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void damageInTheLastTable(int jobs) throws IOException {
    Path backup = fixture.backup(source);
    flipByteInLastChunk(backup);
    CofferException failure = failing(target.url(), backup, jobs, Progress.SILENT);

    assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    requireEmpty();
  }

  private static void flipByteInLastChunk(Path backup) throws IOException {
    ChunkEntry last;
    try (ArchiveReader archive = ArchiveReader.open(backup, Pieces.form(backup))) {
      last = archive.metadata().chunks().getLast();
    }
    byte[] bytes = Files.readAllBytes(backup);
    bytes[(int) (last.at() + last.bytes() / 2)] ^= 1;
    Files.write(backup, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aConstraintThatTheRowsDoNotSatisfy(int jobs) {
    source.execute(
        "SET session_replication_role = replica; INSERT INTO other.last VALUES (99999, 'x', 1)");
    CofferException failure = failing(target.url(), fixture.backup(source), jobs, Progress.SILENT);

    assertThat(failure.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    assertThat(failure.fact()).contains("FK CONSTRAINT").doesNotContain("99999");
    requireEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theConnectionBreaks(int jobs) throws Exception {
    Path backup = fixture.backup(source);
    try (Proxy proxy = Proxy.before(SERVER.port())) {
      String url = target.url().replace(":" + SERVER.port() + "/", ":" + proxy.port() + "/");
      CofferException failure =
          failing(
              url,
              backup,
              jobs,
              new Progress() {
                @Override
                public void advanced(String table, long rows, long bytes) {
                  proxy.cut();
                }
              });

      assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_LOST);
    }
    Waiting.untilNoSessions(target);
    requireEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anInterrupt(int jobs) {
    Path backup = fixture.backup(source);
    Thread self = Thread.currentThread();
    CofferException failure =
        failing(
            target.url(),
            backup,
            jobs,
            new Progress() {
              @Override
              public void advanced(String table, long rows, long bytes) {
                self.interrupt();
              }
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    Waiting.untilNoSessions(target);
    requireEmpty();
  }

  /** Ends itself among the rows, without a chance to clean up. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(arguments[1]), Map.of(), Path.of("/"));
      RebuildOptions options = new RebuildOptions(Integer.parseInt(arguments[2]), false);
      try (OpenedBackup opened = OpenedBackup.open(Path.of(arguments[0]), List.of())) {
        Rebuild.into(
            opened,
            settings,
            options,
            new Progress() {
              @Override
              public void stage(String name) {
                if (name.equals(arguments[3])) {
                  Runtime.getRuntime().halt(9);
                }
              }
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating the structure", "completing the structure"})
  void aKilledRunIsRecognisedAndItsRemainsAreDropped(String stage) {
    Path backup = fixture.backup(source);
    Shell.Result killed =
        ChildJvm.run(List.of(), Victim.class, List.of(backup.toString(), target.url(), "2", stage));
    assertThat(killed.exit()).as(killed.err()).isEqualTo(9);
    Waiting.untilNoSessions(target);
    assertThat(PgDump.schema(target)).contains("coffer_restore_in_progress");

    List<String> notices = new ArrayList<>();
    CofferException failure =
        failing(
            target.url(),
            backup,
            1,
            new Progress() {
              @Override
              public void notice(String text) {
                notices.add(text);
                throw new CofferException(ErrorCode.USAGE, "far enough", "");
              }
            });

    assertThat(failure.fact()).isEqualTo("far enough");
    assertThat(notices.getFirst()).contains("had been killed").contains(backup.getFileName() + "");
    requireEmpty();
    Rebuilding.into(target, backup, fixture.identities(), 2);
    assertThat(PgDump.schema(target)).isEqualTo(PgDump.schema(source));
    assertThat(Fixture.hashes(fixture.backup(target))).isEqualTo(Fixture.hashes(backup));
  }

  @Test
  void whatOthersMadeSinceARunWasKilledIsNotDropped() {
    Path backup = fixture.backup(source);
    ChildJvm.run(
        List.of(),
        Victim.class,
        List.of(backup.toString(), target.url(), "2", "completing the structure"));
    Waiting.untilNoSessions(target);
    target.execute("CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)");
    CofferException failure = failing(target.url(), backup, 2, Progress.SILENT);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(failure.fact()).contains("precious");
    assertThat(target.value("SELECT count(*) FROM precious")).isEqualTo("1");
  }

  @Test
  void whatEndsAfterTheCommitTakesNothingBack() {
    Path backup = fixture.backup(source);
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(target.url()), Map.of(), folder);
    Thread self = Thread.currentThread();
    RebuildResult result;
    try (OpenedBackup opened = OpenedBackup.open(backup, List.of())) {
      result =
          Rebuild.into(
              opened,
              settings,
              RebuildOptions.DEFAULT,
              new Progress() {
                @Override
                public void stage(String name) {
                  if (name.equals("analyzing")) {
                    self.interrupt();
                  }
                }
              });
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.notices().toString()).contains("restored, but not analyzed");
    assertThat(PgDump.everything(target)).isEqualTo(PgDump.everything(source));
  }

  @Test
  void twoAtOnce() {
    Path backup = fixture.backup(source);
    List<CofferException> second = new ArrayList<>();
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(target.url()), Map.of(), folder);
    try (OpenedBackup opened = OpenedBackup.open(backup, List.of())) {
      Rebuild.into(
          opened,
          settings,
          RebuildOptions.DEFAULT,
          new Progress() {
            @Override
            public void stage(String name) {
              if (name.startsWith("building")) {
                second.add(failing(target.url(), backup, 1, Progress.SILENT));
              }
            }
          });
    }
    assertThat(second).extracting(CofferException::code).containsExactly(ErrorCode.RESTORE_RUNNING);
    assertThat(PgDump.everything(target)).isEqualTo(PgDump.everything(source));
  }
}
