package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All rows of a backup come from one moment, whatever goes on meanwhile. */
@ExtendWith(SeededRandom.class)
final class OneSnapshotTest {
  private static final int ACCOUNTS = 2_600;
  private static final int BOXES = 50;

  @TempDir Path home;

  /** The server describes a function from the present: the snapshot's is gone. */
  @Test
  void whatGoesAwayWhileTheCatalogIsReadIsNotInTheNextSnapshot() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute("CREATE TABLE t AS SELECT 1 AS id");
      AtomicInteger readings = new AtomicInteger();
      Progress dropping =
          new Progress() {
            @Override
            public void stage(String name) {
              if (name.equals("reading the catalog") && readings.getAndIncrement() < 2) {
                database.execute("DROP FUNCTION fleeting");
              } else if (name.equals("connecting") && readings.get() < 2) {
                database.execute("CREATE FUNCTION fleeting() RETURNS int RETURN 1");
              }
            }
          };

      Taken taken = Taking.of(database, home).take(dropping);

      assertThat(readings).hasValue(3);
      assertThat(taken.rows("t")).hasSize(1);
      assertThat(taken.document().get("schema").get("statements").toString())
          .doesNotContain("fleeting");
    }
  }

  @Test
  void aCatalogThatNeverHoldsStillIsTold() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Progress dropping =
          new Progress() {
            @Override
            public void stage(String name) {
              switch (name) {
                case "connecting" ->
                    database.execute("CREATE FUNCTION fleeting() RETURNS int RETURN 1");
                case "reading the catalog" -> database.execute("DROP FUNCTION fleeting");
                default -> throw new AssertionError("nothing can be read: " + name);
              }
            }
          };
      Taking taking = Taking.of(database, home);

      assertThatExceptionOfType(CofferException.class)
          .isThrownBy(() -> taking.take(dropping))
          .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_CHANGED));
      assertThat(taking.files()).isEmpty();
    }
  }

  @Test
  void everyDocumentBalancesWhileFourClientsMoveMoney(Random random) {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      // Two rows to a page: large enough to be read in several ranges, and to grow by each update.
      database.execute(
          """
          CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL, filler text NOT NULL);
          ALTER TABLE account ALTER filler SET STORAGE PLAIN;
          CREATE TABLE box (id int PRIMARY KEY, balance bigint NOT NULL);
          INSERT INTO account SELECT i, 1000, repeat('x', 3500) FROM generate_series(1, %d) i;
          INSERT INTO box SELECT i, 1000 FROM generate_series(1, %d) i
          """
              .formatted(ACCOUNTS, BOXES));
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random own = new Random(random.nextLong());
        clients.add(Client.start(database, 1, statement -> move(statement, own)));
      }
      int moved = 0;
      try {
        for (int i = 0; i < 10; i++) {
          int before = clients.stream().mapToInt(Client::done).sum();
          Taken taken = Taking.of(database, home).take();
          moved += clients.stream().mapToInt(Client::done).sum() - before;
          assertThat(taken.rows("account")).hasSize(ACCOUNTS);
          assertThat(taken.rows("box")).hasSize(BOXES);
          assertThat(taken.sum("account", "balance") + taken.sum("box", "balance"))
              .isEqualTo(1000L * (ACCOUNTS + BOXES));
          assertThat(taken.rows("account").stream().map(row -> row.get("id").intValue()))
              .doesNotHaveDuplicates();
        }
      } finally {
        clients.forEach(Client::close);
      }
      assertThat(moved).as("transactions during backups").isGreaterThan(100);
    }
  }

  /** In the order of their keys, so that no two clients wait for one another. */
  private static void move(Statement statement, Random random) throws SQLException {
    int from = 1 + random.nextInt(ACCOUNTS);
    int to = 1 + random.nextInt(ACCOUNTS);
    int amount = random.nextInt(100) - 50;
    if (random.nextInt(3) == 0) {
      statement.execute("UPDATE account SET balance = balance - " + amount + " WHERE id = " + from);
      statement.execute(
          "UPDATE box SET balance = balance + " + amount + " WHERE id = " + (1 + to % BOXES));
      return;
    }
    boolean swapped = from > to;
    String update = "UPDATE account SET balance = balance + %d WHERE id = %d";
    statement.execute(update.formatted(swapped ? amount : -amount, Math.min(from, to)));
    statement.execute(update.formatted(swapped ? -amount : amount, Math.max(from, to)));
  }

  @Test
  void noTableReadsAsEmptyWhileStructuresChange() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE refilled (id int PRIMARY KEY);
          CREATE TABLE rewritten (id int);
          CREATE TABLE still (id int);
          INSERT INTO refilled SELECT generate_series(1, 1000);
          INSERT INTO rewritten SELECT generate_series(1, 1000);
          INSERT INTO still SELECT generate_series(1, 1000)
          """);
      AtomicInteger number = new AtomicInteger();
      List<Client> clients =
          List.of(
              Client.start(
                  database,
                  20,
                  statement ->
                      statement.execute(
                          "TRUNCATE refilled;"
                              + " INSERT INTO refilled SELECT generate_series(1, 1000)")),
              Client.start(
                  database,
                  20,
                  statement ->
                      statement.execute(
                          "ALTER TABLE rewritten ALTER id TYPE "
                              + (number.incrementAndGet() % 2 == 0 ? "int" : "bigint"))),
              Client.start(
                  database,
                  10,
                  statement -> {
                    int count = 1 + ThreadLocalRandom.current().nextInt(5);
                    statement.execute(
                        "DROP TABLE IF EXISTS passing; CREATE TABLE passing AS"
                            + " SELECT i, 7 AS seven FROM generate_series(1, 200) i, "
                            + "generate_series(1, "
                            + count
                            + ")");
                  }));
      int taken = 0;
      try {
        for (int i = 0; i < 12; i++) {
          long start = System.nanoTime();
          taken += takeAmidChanges(database);
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .as("nobody waits long for anybody")
              .isLessThan(Duration.ofSeconds(10));
        }
      } finally {
        clients.forEach(Client::close);
      }
      assertThat(taken).as("backups that were taken").isPositive();
    }
  }

  @Test
  void aCatalogThatChangesWhileItIsReadIsRefusedByName() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE refilled (id int);
          CREATE TABLE rewritten (id int);
          CREATE TABLE still (id int);
          INSERT INTO refilled SELECT generate_series(1, 1000);
          INSERT INTO rewritten SELECT generate_series(1, 1000);
          INSERT INTO still SELECT generate_series(1, 1000)
          """);
      String rebuild =
          """
          DROP VIEW IF EXISTS passing_view;
          DROP FUNCTION IF EXISTS passing_function;
          DROP SEQUENCE IF EXISTS passing_sequence;
          DROP TYPE IF EXISTS passing_type;
          CREATE VIEW passing_view AS SELECT id FROM still;
          CREATE FUNCTION passing_function() RETURNS int LANGUAGE sql AS 'SELECT 1';
          CREATE SEQUENCE passing_sequence;
          CREATE TYPE passing_type AS ENUM ('one')
          """;
      try (Client client = Client.start(database, 10, statement -> statement.execute(rebuild))) {
        for (int i = 0; i < 6; i++) {
          takeAmidChanges(database);
        }
        assertThat(client.done()).isPositive();
      }
      assertThat(takeAmidChanges(database)).as("once it is over").isEqualTo(1);
    }
  }

  private int takeAmidChanges(TestDatabase database) {
    Taken taken;
    try {
      taken = Taking.of(database, home).take();
    } catch (CofferException refused) {
      assertThat(refused.code()).isIn(ErrorCode.DATABASE_CHANGED, ErrorCode.DATABASE_LOCKED);
      assertThat(refused.hint()).isNotBlank();
      return 0;
    }
    assertThat(taken.tables()).contains("refilled", "rewritten", "still");
    for (String table : taken.tables()) {
      int rows = taken.rows(table).size();
      assertThat(rows).as(table).isPositive();
      assertThat(table.equals("passing") ? rows % 200 : rows - 1000).as(table).isZero();
    }
    return 1;
  }
}
