package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class MigrationTest {
  private static final String TABLES =
      "SELECT count(*) FROM pg_tables WHERE tablename IN ('EmailLog', 'CommunicationLog')";

  @TempDir Path home;

  @Test
  void showsItsSqlThenRunsThenHasNothingToDo() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SamplePortal.migrate(
          ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), home)
              .dataSource("coffer test"));

      Run shown = migrate(database, "--dry-run");
      assertThat(shown.out()).contains("CREATE TABLE", "EmailLog", "--dry-run");
      assertThat(database.value(TABLES)).isEqualTo("0");

      Run done = migrate(database);
      assertThat(done.out()).contains("CREATE TABLE", "Done: ");
      assertThat(database.value(TABLES)).isEqualTo("2");

      assertThat(migrate(database).out()).contains("Nothing to do");
      JsonNode answer = migrate(database, "--json").json();
      assertThat(answer.get("created").size()).isZero();
      assertThat(answer.get("existing").size()).isPositive();
    }
  }

  @Test
  void aDatabaseThatIsNoPortalIsLeftAlone() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Run run = Run.coffer(home, "migrate", "communications", "-d", database.url());

      assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(run.err()).contains("[TABLE_NOT_FOUND]");
      assertThat(database.value(TABLES)).isEqualTo("0");
    }
  }

  private Run migrate(TestDatabase database, String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"migrate", "communications", "--database", database.url()},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Run run = Run.coffer(home, arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run;
  }
}
