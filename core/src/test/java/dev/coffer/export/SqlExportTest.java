package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import dev.coffer.profile.KeyStyle;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Subset;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlExportTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path folder;
  private Fixture fixture;
  private TestDatabase source;
  private TestDatabase loaded;

  @BeforeEach
  void create() {
    fixture = new Fixture(folder);
    source = TestDatabase.create(SERVER);
    loaded = TestDatabase.create(SERVER);
  }

  @AfterEach
  void drop() {
    source.close();
    loaded.close();
  }

  private Shell.Result load(String script) {
    return Psql.run(loaded, script).check();
  }

  @Test
  void rebuildsWhatASchemaCanHold() {
    source.execute(Scene.STRUCTURE);
    Path backup = fixture.backup(source);
    load(fixture.export(backup, Format.SQL, List.of()));

    assertThat(PgDump.everything(loaded)).isEqualTo(PgDump.everything(source));
    assertThat(Fixture.hashes(fixture.backup(loaded))).isEqualTo(Fixture.hashes(backup));
    loaded.execute("INSERT INTO computed (a) VALUES (9); INSERT INTO empty DEFAULT VALUES");
    assertThat(loaded.value("SELECT max(id) || ' ' || max(b) FROM computed")).isEqualTo("22 18");
    assertThat(loaded.value("SELECT id FROM empty")).isEqualTo("3");
  }

  @Test
  void anIdentityGivesTheRealValues() {
    source.execute(Scene.SECRETS);
    for (Path backup : List.of(fixture.backup(source), fixture.encrypted().backup(source))) {
      try (TestDatabase fresh = TestDatabase.create(SERVER)) {
        Psql.run(fresh, fixture.export(backup, Format.SQL, fixture.identities())).check();

        assertThat(PgDump.everything(fresh)).isEqualTo(PgDump.everything(source));
      }
    }
  }

  @Test
  void withoutAnIdentityNoSealedColumnHoldsAnythingThatWorks() {
    source.execute(Scene.SECRETS);
    String script = fixture.export(fixture.backup(source), Format.SQL, List.of());
    load(script);

    assertThat(script)
        .contains("NOT REAL")
        .contains("\"users\".\"password\" is a random text")
        .contains("\"users\".\"api_key\" is null")
        .doesNotContain("[ENCRYPTED]")
        .doesNotContain("hash \"of")
        .doesNotContain("secret1");
    assertThat(loaded.value("SELECT count(*) FROM users WHERE password ~ '^!sealed:.{36}$'"))
        .isEqualTo("9");
    assertThat(loaded.value("SELECT count(DISTINCT token) FROM users WHERE token ~ '^!.{7}$'"))
        .isEqualTo("9");
    assertThat(loaded.value("SELECT count(DISTINCT secret_code) FROM users")).isEqualTo("9");
    assertThat(loaded.value("SELECT count(api_key) + count(secret_address) FROM users"))
        .isEqualTo("0");
    assertThat(loaded.value("SELECT count(*) FROM users WHERE secrets = '{}'")).isEqualTo("9");
    assertThat(loaded.values("SELECT email FROM users ORDER BY id"))
        .isEqualTo(source.values("SELECT email FROM users ORDER BY id"));
  }

  @Test
  void aTableAloneLoadsIntoOneThatExists() {
    source.execute(Scene.SECRETS);
    loaded.execute("CREATE TABLE plain (id int, note text)");
    String script = fixture.export(fixture.backup(source), Format.SQL, List.of(), "plain");
    load(script);

    assertThat(script).doesNotContain("CREATE ").doesNotContain("users");
    assertThat(loaded.values("SELECT coalesce(note, 'NULL') FROM plain ORDER BY id"))
        .containsExactly("one", "NULL", "");
  }

  @Test
  void rolesThatAreMissingDoNotStopALoad() {
    String role = TestDatabase.uniqueName("keeper");
    source.execute(
        """
        CREATE ROLE %1$s;
        CREATE TABLE owned (id int); ALTER TABLE owned OWNER TO %1$s;
        CREATE TABLE granted (id int); GRANT SELECT ON granted TO %1$s;
        CREATE FUNCTION guarded() RETURNS int LANGUAGE sql AS 'SELECT 1';
        REVOKE ALL ON FUNCTION guarded() FROM PUBLIC; GRANT EXECUTE ON FUNCTION guarded() TO %1$s;
        ALTER TABLE granted ENABLE ROW LEVEL SECURITY;
        CREATE POLICY mine ON granted TO %1$s USING (true);
        COMMENT ON POLICY mine ON granted IS 'mine';
        ALTER DEFAULT PRIVILEGES FOR ROLE %1$s GRANT SELECT ON TABLES TO PUBLIC;
        """
            .formatted(role));
    String script = fixture.export(fixture.backup(source), Format.SQL, List.of());
    load(script);
    assertThat(PgDump.everything(loaded)).isEqualTo(PgDump.everything(source));

    source.close();
    loaded.close();
    try (TestDatabase other = TestDatabase.create(SERVER)) {
      other.execute("DROP ROLE " + role);
      Shell.Result result = Psql.run(other, script).check();

      assertThat(result.err()).contains("role \"" + role + "\" does not exist");
      assertThat(other.value("SELECT count(*) FROM pg_policies")).isEqualTo("0");
      assertThat(other.value("SELECT has_function_privilege('public', 'guarded()', 'EXECUTE')"))
          .isEqualTo("f");
    }
  }

  @Test
  void partOfADatabaseLoadsThoughItsKeysLeadOutOfIt() {
    source.execute(
        """
        CREATE TABLE staff (id int PRIMARY KEY); INSERT INTO staff VALUES (1);
        CREATE TABLE orders (id int PRIMARY KEY, by_id int REFERENCES staff);
        INSERT INTO orders VALUES (1, 1);
        """);
    Profile profile = onlySales(new QualifiedName("public", "orders"));
    Path backup = fixture.of(BackupKind.SALES, profile).backup(source);
    String script = fixture.export(backup, Format.SQL, List.of());
    load(script);

    assertThat(script).contains("NOT ENFORCED");
    assertThat(loaded.value("SELECT by_id FROM orders")).isEqualTo("1");
    assertThat(loaded.value("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
        .isEqualTo("f");
  }

  private static Profile onlySales(QualifiedName table) {
    Profile neutral = Profile.NEUTRAL;
    return new Profile(
        "part",
        Set.of(table),
        KeyStyle.AS_STORED,
        new LinkedHashMap<>(),
        Set.of(),
        Set.of(),
        Map.of(),
        List.of(),
        neutral.communicationSummary(),
        Map.of(BackupKind.SALES, new Subset(List.of(table), new LinkedHashMap<>())),
        Map.of(),
        neutral.records(),
        neutral.accounts());
  }

  @Test
  void namesCannotLeaveTheirComment() {
    source.execute("CREATE TABLE \"x\nDROP TABLE y;\r\\! exit\" (password text);");
    String script = fixture.export(fixture.backup(source), Format.SQL, List.of());
    load(script);

    assertThat(PgDump.schema(loaded)).isEqualTo(PgDump.schema(source));
  }
}
