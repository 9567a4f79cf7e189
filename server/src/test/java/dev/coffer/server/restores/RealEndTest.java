package dev.coffer.server.restores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.restore.journal.JournalEntry.State;
import dev.coffer.server.ServerSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a restore that failed is what the journal and the database say. */
class RealEndTest {
  private static final String ID = "R-2026-01-25T14-30-45-123Z";
  private final CofferException full =
      new CofferException(ErrorCode.TARGET_FULL, "no space is left", "Make room.");
  private final CofferException cancelled =
      new CofferException(ErrorCode.INTERRUPTED, "interrupted", "");

  @TempDir private Path root;
  private final TestDatabase database = TestDatabase.create(Servers.embedded(18));

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void theJournalDecidesWhatIsSaid(State state) throws IOException {
    write(state, new DatabaseIdentity("another", 1, "another"), "1");

    for (CofferException failure : List.of(full, cancelled)) {
      CofferException told = realEnd().told(failure, Set.of());
      String advice = PlainWords.of(told).advice();
      switch (state) {
        case ROLLED_BACK -> assertThat(told).isSameAs(failure);
        case DONE -> assertThat(advice).startsWith("The database was changed.");
        case APPLYING, UNKNOWN -> assertThat(advice).startsWith("It is not known");
      }
      if (state != State.ROLLED_BACK) {
        assertThat(told.code()).as("not 'cancelled'").isNotEqualTo(ErrorCode.INTERRUPTED);
      }
    }
    assertThat(realEnd().told(full, Set.of(ID))).as("an earlier restore").isSameAs(full);
  }

  @Test
  void theDatabaseIsAskedHowACutOffRestoreEnded() throws IOException {
    DatabaseIdentity identity;
    try (WriteTransaction connection =
        WriteTransaction.open(settings(), SharedSnapshot.Timeouts.DEFAULT)) {
      identity = connection.identity();
    }
    write(State.APPLYING, identity, database.value("SELECT pg_current_xact_id()"));

    assertThat(PlainWords.of(realEnd().told(full, Set.of())).advice())
        .startsWith("The database was changed.");
  }

  private RealEnd realEnd() {
    return new RealEnd(
        new PastRestores(
            new ServerSettings(
                "127.0.0.1",
                0,
                root.resolve("home"),
                root,
                Optional.of(settings()),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(30),
                false,
                "test")));
  }

  private ConnectionSettings settings() {
    return ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), root);
  }

  private void write(State state, DatabaseIdentity identity, String transaction)
      throws IOException {
    Files.createDirectories(root.resolve(Journal.FOLDER));
    Journal.in(root)
        .put(
            new JournalEntry(
                ID,
                state,
                "backup.json.zst",
                "merge",
                Optional.empty(),
                Optional.empty(),
                identity,
                "database/safety.json.zst",
                transaction,
                Map.of("sales", 1L),
                Map.of(),
                List.of(),
                "ann",
                ""));
  }
}
