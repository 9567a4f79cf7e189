package dev.coffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void databasesDoNotSeeEachOther() {
    try (TestDatabase one = TestDatabase.create(Servers.debian15());
        TestDatabase two = TestDatabase.create(Servers.debian15())) {
      one.execute("CREATE TABLE thing (name text); INSERT INTO thing VALUES ('a'), ('b')");
      assertThat(one.values("SELECT name FROM thing ORDER BY name")).containsExactly("a", "b");
      assertThat(two.value("SELECT count(*) FROM pg_tables WHERE tablename = 'thing'"))
          .isEqualTo("0");
    }
  }

  @Test
  void aCopyIsTheSameToPgDump() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Psql.run(database, "CREATE TABLE \"Ünïque\" (id int); INSERT INTO \"Ünïque\" VALUES (7);")
          .check();
      try (TestDatabase copy = TestDatabase.createFrom(database)) {
        assertThat(PgDump.everything(copy))
            .isEqualTo(PgDump.everything(database))
            .contains("Ünïque", "\n7\n")
            .doesNotContain("Dumped from", "\\restrict");
        copy.execute("INSERT INTO \"Ünïque\" VALUES (8)");
        assertThat(PgDump.schema(copy)).isEqualTo(PgDump.schema(database));
        assertThat(PgDump.data(copy)).isNotEqualTo(PgDump.data(database));
      }
    }
  }

  @Test
  void isDroppedWithItsConnections() throws SQLException {
    TestDatabase database = TestDatabase.create(Servers.debian15());
    try (Connection connection = database.connect()) {
      database.close();
      assertThat(connection.isValid(5)).isFalse();
    }
    assertThatThrownBy(database::connect)
        .isInstanceOf(AssertionError.class)
        .hasRootCauseInstanceOf(SQLException.class);
  }

  @Test
  void psqlStopsAtAnError() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Shell.Result result = Psql.run(database, "SELECT 1;\nSELECT nothing;\nSELECT 2;");
      assertThat(result.exit()).isEqualTo(3);
      assertThat(result.out()).isEqualTo("1\n");
      assertThat(result.err()).contains("nothing");
    }
  }

  @Test
  void urlsCarryWhatLibpqNeeds() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Shell.Result result =
          Shell.run(Programs.named("psql"), "-XAtc", "SELECT current_database()", database.url());
      assertThat(result.check().out().strip()).isEqualTo(database.name());
    }
  }
}
