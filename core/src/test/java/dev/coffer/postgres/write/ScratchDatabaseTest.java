package dev.coffer.postgres.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchDatabaseTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path home;

  @Test
  void tellsWhatARoleLacksThatMayNotMakeOne() {
    String role = TestDatabase.uniqueName("prover");
    try (TestDatabase database = TestDatabase.create(SERVER)) {
      database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
      try {
        ConnectionSettings server =
            ConnectionSettings.resolve(
                Optional.of("postgresql://" + role + ":x@127.0.0.1:" + SERVER.port() + "/postgres"),
                Map.of(),
                home);

        CofferException failure =
            catchThrowableOfType(
                CofferException.class, () -> ScratchDatabase.create(server).close());
        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
        assertThat(failure.fact()).contains("permission denied to create database");
        assertThat(failure.hint()).endsWith("ALTER ROLE \"" + role + "\" CREATEDB;");

        database.execute("ALTER ROLE " + role + " CREATEDB");
        try (ScratchDatabase scratch = ScratchDatabase.create(server)) {
          assertThat(scratch.settings().database()).startsWith("coffer_proof_");
        }
      } finally {
        database.execute("DROP ROLE " + role);
      }
    }
  }
}
