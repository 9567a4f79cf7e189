package dev.coffer.restore.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.Fixture;
import dev.coffer.export.Scene;
import dev.coffer.restore.rebuild.RebuildResult.LostSecrets;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that lack something: a role, an extension, privileges, the key, a release, emptiness. */
final class OtherServersTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path folder;
  private Fixture fixture;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void create() {
    fixture = new Fixture(folder);
    source = TestDatabase.create(SERVER);
    target = TestDatabase.create(SERVER);
  }

  @AfterEach
  void drop() {
    source.close();
    target.close();
  }

  private CofferException refusal(String url, RebuildOptions options) {
    Path backup = fixture.backup(source);
    return catchThrowableOfType(
        CofferException.class, () -> Rebuilding.into(url, backup, List.of(), options));
  }

  @Test
  void rolesThatAreMissingAreNamed() {
    String role = TestDatabase.uniqueName("keeper");
    source.execute(
        """
        CREATE ROLE %1$s;
        CREATE TABLE owned (id int); ALTER TABLE owned OWNER TO %1$s;
        CREATE TABLE granted (id int); GRANT SELECT ON granted TO %1$s, PUBLIC;
        """
            .formatted(role));
    Path backup = fixture.backup(source);
    source.close();
    target.execute("DROP ROLE " + role);
    RebuildResult result = Rebuilding.into(target, backup, List.of(), 1);

    assertThat(result.leftOut())
        .containsExactly(
            "OWNER public.owned: role \"" + role + "\" does not exist",
            "ACL TABLE public.granted: role \"" + role + "\" does not exist");
    assertThat(target.value("SELECT tableowner FROM pg_tables WHERE tablename = 'owned'"))
        .isEqualTo("postgres");
    assertThat(target.value("SELECT has_table_privilege('public', 'granted', 'SELECT')"))
        .isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE there (id int)",
        "CREATE TYPE there AS ENUM ()",
        "CREATE FUNCTION there() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SEQUENCE there",
        "SELECT lo_create(4711)"
      })
  void whatIsNotEmptyIsRefused(String sql) {
    source.execute("CREATE TABLE mine (id int)");
    target.execute(sql);
    String before = PgDump.everything(target);
    for (int jobs : List.of(1, 2)) {
      CofferException failure = refusal(target.url(), new RebuildOptions(jobs, false));
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    }
    assertThat(PgDump.everything(target)).isEqualTo(before);
  }

  @Test
  void schemasAndExtensionsMayBeThereAlready() {
    source.execute("CREATE SCHEMA app; CREATE EXTENSION hstore SCHEMA app; CREATE TABLE app.t ()");
    target.execute("CREATE SCHEMA app; CREATE EXTENSION hstore SCHEMA app");
    Rebuilding.into(target, fixture.backup(source), List.of(), 2);

    assertThat(PgDump.everything(target)).isEqualTo(PgDump.everything(source));
  }

  @Test
  void privilegesThatAreMissingAreToldAtOnce() {
    source.execute(
        """
        CREATE SCHEMA app; CREATE TABLE app.a (id int); CREATE TABLE b (id int);
        CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE EVENT TRIGGER noticed ON ddl_command_end EXECUTE FUNCTION noticed();
        """);
    String role = TestDatabase.uniqueName("guest");
    target.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'guest'");
    String url = target.url().replaceFirst("//[^@]*@", "//" + role + ":guest@");
    CofferException failure = refusal(url, RebuildOptions.DEFAULT);

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
    assertThat(failure.fact())
        .contains("CREATE on the database", "CREATE on the schema public", "EVENT TRIGGER noticed");
    target.execute("DROP ROLE " + role);
  }

  @Test
  void anOrdinaryOwnerMayRestore() {
    source.execute("CREATE SCHEMA app; CREATE TABLE app.a (id serial PRIMARY KEY, b int)");
    source.execute("INSERT INTO app.a (b) VALUES (1), (2)");
    String role = TestDatabase.uniqueName("owner");
    target.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'owner'");
    target.execute("ALTER DATABASE " + target.name() + " OWNER TO " + role);
    String url = target.url().replaceFirst("//[^@]*@", "//" + role + ":owner@");
    RebuildResult result =
        Rebuilding.into(url, fixture.backup(source), List.of(), new RebuildOptions(2, false));

    assertThat(result.leftOut()).isNotEmpty();
    assertThat(target.values("SELECT a::text FROM app.a a")).containsExactly("(1,1)", "(2,2)");
    assertThat(target.value("SELECT nextval('app.a_id_seq')")).isEqualTo("3");
  }

  @Test
  void withoutTheKeyOnlyWhenAskedFor() {
    source.execute(Scene.SECRETS);
    assertThat(refusal(target.url(), RebuildOptions.DEFAULT).code())
        .isEqualTo(ErrorCode.KEY_NEEDED);
    RebuildResult result =
        Rebuilding.into(
            target.url(), fixture.backup(source), List.of(), new RebuildOptions(2, true));

    List<String> all = IntStream.rangeClosed(1, 9).mapToObj(Integer::toString).toList();
    assertThat(result.lost())
        .contains(
            new LostSecrets(
                "users", "password", "a random text that begins with an exclamation mark", 9, all))
        .anySatisfy(lost -> {
          assertThat(lost.column()).isEqualTo("api_key");
          assertThat(lost.instead()).isEqualTo("null");
          assertThat(lost.rows()).isEqualTo(8);
          assertThat(lost.keys()).doesNotContain("3").hasSize(8);
        });
    assertThat(target.value("SELECT count(*) FROM users WHERE password ~ '^!sealed:.{36}$'"))
        .isEqualTo("9");
    assertThat(target.value("SELECT count(*) FROM users WHERE users::text LIKE '%ENCRYPTED%'"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 18})
  void aLaterReleaseHoldsTheSameRows(int majorVersion) {
    source.execute(Scene.STRUCTURE);
    Path backup = fixture.backup(source);
    try (TestDatabase later = TestDatabase.create(Servers.embedded(majorVersion))) {
      Rebuilding.into(later, backup, List.of(), majorVersion == 17 ? 1 : 2);

      assertThat(Fixture.hashes(fixture.backup(later))).isEqualTo(Fixture.hashes(backup));
    }
  }

  @Test
  void whatAnEarlierReleaseDoesNotKnowIsNamed() {
    try (TestDatabase later = TestDatabase.create(Servers.embedded(18))) {
      later.execute("CREATE TABLE young (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)");
      Path backup = fixture.backup(later);
      CofferException failure =
          catchThrowableOfType(
              CofferException.class, () -> Rebuilding.into(target, backup, List.of(), 1));

      assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_VERSION);
      assertThat(failure.fact()).contains("TABLE public.young", "PostgreSQL 18", "PostgreSQL 15");
      assertThat(target.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("0");
      later.execute("DROP TABLE young; CREATE TABLE old (a int); INSERT INTO old VALUES (1)");
      RebuildResult result = Rebuilding.into(target, fixture.backup(later), List.of(), 1);
      assertThat(result.notices().toString()).contains("PostgreSQL 18");
      assertThat(target.value("SELECT a FROM old")).isEqualTo("1");
    }
  }

  @Test
  void extensionsThatAreMissingAreNamedBeforeAnything() {
    source.execute("CREATE EXTENSION adminpack; CREATE TABLE t (id int)");
    Path backup = fixture.backup(source);
    try (TestDatabase other = TestDatabase.create(Servers.embedded(18))) {
      // Releases from 17 on come without it.
      CofferException failure =
          catchThrowableOfType(
              CofferException.class, () -> Rebuilding.into(other, backup, List.of(), 1));

      assertThat(failure.fact()).endsWith("the backup needs: adminpack");
    }
  }
}
