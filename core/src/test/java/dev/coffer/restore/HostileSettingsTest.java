package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database or a role has set for its sessions changes nothing. */
final class HostileSettingsTest {
  private static final String STRINGS =
      """
      ALTER DATABASE %1$s SET standard_conforming_strings = off;
      ALTER DATABASE %1$s SET backslash_quote = on;
      ALTER DATABASE %1$s SET array_nulls = off
      """;

  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE t (id int PRIMARY KEY, x text CHECK (x ~ '^\\d+$'), a text[]);
        INSERT INTO t VALUES (1, '12', ARRAY['a', NULL]), (2, '34', ARRAY['NULL', NULL]);
        """);
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void stringsAndArraysComeBackAsTheyWere() {
    database.execute(STRINGS.formatted(database.name()));
    Path backup = scene.backup();
    database.execute("DELETE FROM t");

    scene.restore(backup, Mode.EXACT);

    assertThat(database.value("SELECT count(*) FROM t WHERE array_positions(a, NULL) = '{2}'"))
        .isEqualTo("2");
    try (TestDatabase other = TestDatabase.create(Servers.debian15())) {
      other.execute(STRINGS.formatted(other.name()));
      new Scene(other, home).restore(backup, Mode.EXACT);
      assertThat(other.value("SELECT count(*) FROM t WHERE array_positions(a, NULL) = '{2}'"))
          .isEqualTo("2");
      assertThat(Scene.state(other)).isEqualTo(scene.state());
      other.execute("INSERT INTO t VALUES (3, '56', NULL)");
    }
  }

  @Test
  void typesAreCalledTheSameHoweverNamesAreQuoted() {
    database.execute("ALTER DATABASE " + database.name() + " SET quote_all_identifiers = on");
    Path backup = scene.backup();
    database.execute("DELETE FROM t WHERE id = 1");

    assertThat(scene.restore(backup, Mode.EXACT).applied()).isTrue();

    assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void aRestoreOutlastsItsOwnSafetyBackup() {
    Path backup = scene.backup();
    database.execute("DELETE FROM t");
    database.execute("ALTER DATABASE " + database.name() + " SET idle_session_timeout = '200ms'");

    Outcome outcome =
        Restore.run(
            scene.confirmed(backup, Mode.EXACT),
            new Progress() {
              @Override
              public void stage(String name) {
                if (name.equals("reading the catalog")) {
                  pause();
                }
              }
            });

    assertThat(outcome.applied()).isTrue();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(700);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
