package dev.coffer.server.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.BackupFile;
import dev.coffer.model.BackupInfo;
import dev.coffer.server.StateForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one server found by a check, the others say soon. */
class VerificationsTest {
  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-01-25T14:30:45Z");

  @ParameterizedTest
  @EnumSource
  void anotherServerLearnsOfAChecksOutcomeAndOfItsEnd(StateForTests.Kind kind) throws IOException {
    Path file = Files.writeString(folder.resolve("backup.json"), "{}");
    BackupInfo info = BackupFile.corrupted(file, "it holds nothing");
    try (StateForTests state = StateForTests.open(kind)) {
      Verifications here = server(state);
      Verifications there = server(state);
      Verification found = new Verification(now, "ann", false, List.of("a byte is another"));

      here.put(file, new Verification(now, "ann", true, List.of()));
      here.put(file, found);

      assertThat(here.of(info)).contains(found);
      now = now.plusSeconds(6);
      assertThat(there.of(info)).contains(found);
      here.forget(file);
      now = now.plusSeconds(6);
      assertThat(there.of(info)).isEmpty();
    }
  }

  private Verifications server(StateForTests state) {
    return new Verifications(state.client(), state.transaction(), () -> now);
  }
}
