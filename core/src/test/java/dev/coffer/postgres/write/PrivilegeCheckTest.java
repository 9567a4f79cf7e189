package dev.coffer.postgres.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a role is told before it takes a backup or restores one, and that it helps. */
final class PrivilegeCheckTest {
  private final String owner = TestDatabase.uniqueName("owner");
  private final String role = TestDatabase.uniqueName("keeper");
  private Optional<TestDatabase> opened = Optional.empty();

  @TempDir Path home;

  @BeforeEach
  void nothingYet() {
    assertThat(opened).isEmpty();
  }

  @AfterEach
  void drop() {
    TestDatabase database = opened.orElseThrow();
    database.execute("DROP OWNED BY " + role + ", " + owner);
    database.close();
    try (TestDatabase other = TestDatabase.create(database.server())) {
      other.execute("DROP OWNED BY " + role + ", " + owner + "; DROP ROLE " + role + ", " + owner);
    }
  }

  private TestDatabase scene(int release) {
    TestDatabase database =
        TestDatabase.create(release == 15 ? Servers.debian15() : Servers.embedded(release));
    opened = Optional.of(database);
    database.execute(
        """
        CREATE ROLE %1$s LOGIN;
        CREATE ROLE %2$s LOGIN PASSWORD 'x';
        REVOKE TEMPORARY ON DATABASE %3$s FROM PUBLIC;
        CREATE SCHEMA hidden;
        CREATE TABLE hidden."Order ""1"" x" (id serial PRIMARY KEY);
        CREATE TABLE mine (id serial PRIMARY KEY, other int REFERENCES hidden."Order ""1"" x");
        CREATE SEQUENCE loose;
        CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER stamped BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION stamp();
        ALTER TABLE mine OWNER TO %1$s;
        SELECT lo_from_bytea(70001, '\\x01')
        """
            .formatted(owner, role, database.name()));
    return database;
  }

  private PrivilegeCheck check(String user, String password) {
    TestDatabase database = opened.orElseThrow();
    String url =
        "postgresql://%s:%s@127.0.0.1:%d/%s"
            .formatted(user, password, database.server().port(), database.name());
    return PrivilegeCheck.of(
        ConnectionSettings.resolve(Optional.of(url), Map.of(), home), Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 15, 18})
  void allThatIsMissingIsToldAndTheStatementsMendIt(int release) {
    TestDatabase database = scene(release);

    PrivilegeCheck before = check(role, "x");

    assertThat(before.role()).isEqualTo(role);
    assertThat(before.superuser()).isFalse();
    assertThat(before.createsDatabases()).isFalse();
    assertThat(before.encryption()).isEmpty();
    assertThat(before.version().major()).isEqualTo(release);
    assertThat(before.forBackup().problems())
        .contains(
            "schema \"hidden\": no USAGE",
            "table \"public\".\"mine\": no SELECT",
            "sequence \"public\".\"loose\": no SELECT",
            "large object 70001: no SELECT");
    assertThat(before.forRestore().problems())
        .contains(
            "database " + database.name() + ": no TEMPORARY",
            "table \"public\".\"mine\": no SELECT, INSERT, DELETE",
            "sequence \"public\".\"mine_id_seq\": is not the owner, so cannot set it",
            "sequence \"public\".\"loose\": is not the owner, so cannot set it",
            "large object 70001: is not the owner, so cannot replace it");
    assertThat(before.forRestore().remedies()).contains("GRANT " + owner + " TO " + role + ";");
    if (release >= 15) {
      assertThat(before.forRestore().remedies())
          .contains("GRANT SET ON PARAMETER session_replication_role TO " + role + ";")
          .doesNotContain("ALTER TABLE \"public\".\"mine\" OWNER TO " + role + ";");
    }
    mend(database, before.forBackup());
    assertThat(check(role, "x").forBackup().problems()).isEmpty();
    mend(database, check(role, "x").forRestore());
    assertThat(check(role, "x").forRestore().problems()).isEmpty();
  }

  @Test
  void aSuperuserLacksNothing() {
    TestDatabase database = scene(18);

    PrivilegeCheck check = check(database.server().user(), database.server().password());

    assertThat(check.superuser()).isTrue();
    assertThat(check.createsDatabases()).isTrue();
    assertThat(List.of(check.forBackup(), check.forRestore())).allMatch(MissingPrivileges::isEmpty);
  }

  private static void mend(TestDatabase database, MissingPrivileges missing) {
    assertThat(missing.remedies()).isNotEmpty().doesNotHaveDuplicates();
    missing.remedies().forEach(database::execute);
  }
}
