package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever refers to whatever: a restore and its undo are exact. */
@ExtendWith(SeededRandom.class)
final class RandomSchemaTest {
  private static final int ROUNDS = 6;

  @TempDir Path home;

  @Test
  void asSuperuser(Random random) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
        roundTrip(random, database, database.url(), "");
      }
    }
  }

  @Test
  void asTheOwnerOfTheTables(Random random) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String owner = TestDatabase.uniqueName("owner");
      try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
        database.execute(
            "CREATE ROLE %1$s LOGIN PASSWORD 'x'; GRANT ALL ON DATABASE %2$s TO %1$s; GRANT ALL ON SCHEMA public TO %1$s"
                .formatted(owner, database.name()));
        String url = database.url().replaceFirst("//[^@]*@", "//" + owner + ":x@");
        try {
          roundTrip(random, database, url, "SET ROLE " + owner + ";");
        } finally {
          database.execute("DROP OWNED BY %1$s CASCADE; DROP ROLE %1$s".formatted(owner));
        }
      }
    }
  }

  private void roundTrip(Random random, TestDatabase database, String url, String role)
      throws Exception {
    RandomSchema schema = new RandomSchema(random);
    database.execute(role + schema.create());
    Path own = Files.createTempDirectory(home, "round");
    Scene scene = new Scene(database, own, url);
    Path backup = scene.backup();
    List<String> whole = scene.state();
    for (String statement : schema.damage()) {
      tryTo(database, statement);
    }
    List<String> damaged = scene.state();

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(scene.state()).isEqualTo(whole);
    if (restored.applied()) {
      scene.undo(restored);
      assertThat(scene.state()).isEqualTo(damaged);
    }
    for (int table = 0; table < schema.tables(); table++) {
      database.execute("INSERT INTO \"T " + table + "\" (code) VALUES ('next')");
    }
  }

  /** Damage that a constraint forbids is none. */
  static void tryTo(TestDatabase database, String statement) {
    try (Connection connection = database.connect();
        Statement work = connection.createStatement()) {
      work.execute(statement);
    } catch (SQLException forbidden) {
      assertThat(forbidden.getSQLState()).startsWith("23");
    }
  }
}
