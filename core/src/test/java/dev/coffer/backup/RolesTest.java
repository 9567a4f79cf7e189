package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a role needs in order to take a backup, and what it is told when it has less. */
final class RolesTest {
  private static final String SCENE =
      """
      CREATE TABLE open (id int);
      INSERT INTO open VALUES (1), (2);
      CREATE SCHEMA "Hidden schema";
      CREATE TABLE "Hidden schema"."Sales ""2026"" x" (id serial, amount int);
      INSERT INTO "Hidden schema"."Sales ""2026"" x" (amount) VALUES (3);
      CREATE TABLE parted (id int) PARTITION BY LIST (id);
      CREATE TABLE parted_1 PARTITION OF parted DEFAULT;
      REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC
      """;

  private final String role = TestDatabase.uniqueName("reader");
  private TestDatabase database;

  @TempDir Path home;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(SCENE);
    database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
  }

  @AfterEach
  void drop() {
    database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    database.close();
  }

  private Taking asRole() {
    return Taking.of(
        "postgresql://" + role + ":x@127.0.0.1:" + database.server().port() + "/" + database.name(),
        home);
  }

  private CofferException refusal() {
    CofferException refusal = catchThrowableOfType(CofferException.class, () -> asRole().take());
    assertThat(asRole().files()).isEmpty();
    return refusal;
  }

  @Test
  void readAllDataIsEnough() {
    database.execute("GRANT pg_read_all_data TO " + role);

    assertThat(asRole().take().metadata().get("totalRecords").intValue()).isEqualTo(3);
  }

  /** Whoever may not ask which server it is leaves that out, and backs up all the same. */
  @Test
  void whichServerItIsIsToldIfItMayBeKnown() {
    database.execute("GRANT pg_read_all_data TO " + role);
    JsonNode told = asRole().take().document().get("source");
    database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
    JsonNode silent = asRole().take().document().get("source");

    assertThat(told.get("systemIdentifier").stringValue())
        .isEqualTo(database.value("SELECT system_identifier FROM pg_control_system()"));
    assertThat(told.get("databaseOid").asString())
        .isEqualTo(
            database.value("SELECT oid FROM pg_database WHERE datname = current_database()"));
    assertThat(silent.has("database")).isTrue();
    assertThat(silent.has("systemIdentifier")).isFalse();
    assertThat(silent.has("databaseOid")).isFalse();
    assertThat(
            Inventory.list(asRole().root()).stream().map(one -> one.origin().isPresent()).toList())
        .containsExactly(false, true);
  }

  @Test
  void singlePrivilegesAreEnough() {
    database.execute(
        """
        GRANT USAGE ON SCHEMA "Hidden schema" TO %1$s;
        GRANT SELECT ON ALL TABLES IN SCHEMA public, "Hidden schema" TO %1$s;
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA "Hidden schema" TO %1$s
        """
            .formatted(role));

    assertThat(asRole().take().metadata().get("totalRecords").intValue()).isEqualTo(3);
  }

  @Test
  void everythingThatIsMissingIsToldAtOnceAndTheHintMendsIt() {
    database.execute(
        """
        CREATE TABLE guarded (id int);
        INSERT INTO guarded VALUES (4);
        ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
        CREATE POLICY none ON guarded USING (false);
        SELECT lo_from_bytea(60001, '\\x01'), lo_from_bytea(60002, '')
        """);

    CofferException refusal = refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
    assertThat(refusal.fact())
        .contains(
            role,
            "schema \"Hidden schema\": no USAGE",
            "table \"public\".\"open\": no SELECT",
            "table \"Hidden schema\".\"Sales \"\"2026\"\" x\": no SELECT",
            "sequence \"Hidden schema\".\"Sales \"\"2026\"\" x_id_seq\": no SELECT",
            "table \"public\".\"parted\": no SELECT",
            "table \"public\".\"parted_1\": no SELECT",
            "table \"public\".\"guarded\": no SELECT",
            "table \"public\".\"guarded\": row-level security",
            "large object 60001: no SELECT",
            "large object 60002: no SELECT");
    mend(refusal);
    assertThat(asRole().take().metadata().get("totalRecords").intValue()).isEqualTo(6);
  }

  /** Does what the hint says, and nothing else. */
  private void mend(CofferException refusal) {
    List<String> statements =
        refusal.hint().lines().map(String::strip).filter(line -> line.endsWith(";")).toList();
    assertThat(statements).isNotEmpty();
    statements.forEach(database::execute);
  }

  @Test
  void rowsThatAPolicyWouldHideAreRefusedAndTheHintMendsIt() {
    database.execute(
        "GRANT pg_read_all_data TO "
            + role
            + "; ALTER TABLE open ENABLE ROW LEVEL SECURITY;"
            + " CREATE POLICY one ON open USING (id = 1)");

    CofferException refusal = refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
    assertThat(refusal.fact()).contains("\"open\": row-level security would hide rows");
    assertThat(refusal.hint()).contains("BYPASSRLS");
    mend(refusal);
    assertThat(asRole().take().rows("open")).hasSize(2);
  }

  @Test
  void largeObjectsOfOthersAreRefusedAndTheHintMendsIt() {
    database.execute(
        "GRANT pg_read_all_data TO " + role + "; SELECT lo_from_bytea(60003, '\\x0102')");

    CofferException refusal = refusal();

    assertThat(refusal.fact()).contains("large object 60003: no SELECT");
    mend(refusal);
    assertThat(asRole().take().rows("pg_catalog.pg_largeobject")).hasSize(1);
  }

  @Test
  void aRoleThatMayNotConnectIsToldSo() {
    database.execute("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");

    CofferException refusal = refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
    assertThat(refusal.fact()).contains(database.name());
    assertThat(refusal.hint()).contains("GRANT CONNECT");
  }

  @Test
  void tooFewConnectionsAreToldWithAHint() {
    database.execute("GRANT pg_read_all_data TO " + role);
    database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 2");

    CofferException refusal = refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
    assertThat(refusal.hint()).contains("--connections");
    Waiting.untilNoSessions(database);
    assertThat(asRole().connections(2).take().metadata().get("totalRecords").intValue())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void settingsOfTheRoleDoNotDisturb(int release) throws SQLException, InterruptedException {
    try (TestDatabase other = TestDatabase.create(Servers.embedded(release))) {
      other.execute(
          "CREATE TABLE t (id int, at timestamptz, f float8, m interval, b bytea); INSERT INTO t"
              + " VALUES (1, '2026-01-02 03:04:05.678+00', 0.1, '1 day 2 hours', '\\x0102')");
      other.execute("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD 'x'");
      List<String> settings =
          List.of(
              "statement_timeout = '300ms'",
              "lock_timeout = '300ms'",
              "idle_in_transaction_session_timeout = '300ms'",
              "search_path = 'other'",
              "\"DateStyle\" = 'German, DMY'",
              "\"TimeZone\" = 'Asia/Kathmandu'",
              "\"IntervalStyle\" = 'iso_8601'",
              "extra_float_digits = -5",
              "bytea_output = 'escape'",
              "client_encoding = 'LATIN1'",
              "quote_all_identifiers = on",
              "default_transaction_isolation = 'serializable'",
              "default_transaction_read_only = on",
              "standard_conforming_strings = off");
      settings.forEach(setting -> other.execute("ALTER ROLE " + role + " SET " + setting));
      if (release >= 17) {
        other.execute("ALTER ROLE " + role + " SET transaction_timeout = '300ms'");
      }
      String url =
          "postgresql://" + role + ":x@127.0.0.1:" + other.server().port() + "/" + other.name();
      try (Connection locking = other.connect();
          Statement statement = locking.createStatement()) {
        locking.setAutoCommit(false);
        statement.execute("LOCK TABLE t");
        Thread committing = Thread.ofPlatform().start(() -> commitSoon(locking));
        Taken taken =
            Taking.of(url, home)
                .take(
                    new Progress() {
                      @Override
                      public void stage(String name) {
                        pause(name.equals("reading rows") ? 500 : 0);
                      }
                    });
        committing.join();

        assertThat(taken.rows("t").toString())
            .isEqualTo(
                "[{\"id\":1,\"at\":\"2026-01-02 03:04:05.678+00\",\"f\":0.1,"
                    + "\"m\":\"1 day 02:00:00\",\"b\":\"\\\\x0102\"}]");
      } finally {
        other.execute("DROP ROLE " + role);
      }
    }
  }

  private static void commitSoon(Connection connection) {
    pause(500);
    try {
      connection.commit();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
