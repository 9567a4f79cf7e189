package dev.coffer.restore.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Table;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The safety backup of touched rows is a document like any other. */
class TouchedRowsTest {
  @TempDir private Path folder;

  @Test
  void isSoundAndHoldsTheRowsWithTheirSecrets() throws IOException, InterruptedException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE users (id int PRIMARY KEY, name text, password text);
          CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users);
          INSERT INTO users SELECT i, 'n' || i, 'secret' || i FROM generate_series(1, 50) i;
          INSERT INTO posts SELECT i, 1 + i % 50 FROM generate_series(1, 200) i
          """);
      Scene scene = Scene.backedUp(database, folder);
      database.execute("UPDATE users SET password = 'now' || id, name = 'new' WHERE id = 4");
      database.execute("DELETE FROM posts WHERE author = 4");
      Scene.Outcome outcome = scene.find(RecordOptions.merge(2), "users/4");
      assertThat(outcome.changes()).hasSize(5);

      Path file;
      try (SharedSnapshot snapshot =
          SharedSnapshot.open(scene.settings(), 1, SharedSnapshot.Timeouts.DEFAULT)) {
        TouchedRows.Source source =
            new TouchedRows.Source(snapshot.description(), List.of(), "neutral", "tester", "0");
        file = TouchedRows.write(scene.backups(), scene.keys(), source, outcome.live());
      }

      assertThat(file.getFileName().toString()).endsWith("-SAFETY.json.zst");
      VerificationReport report =
          Verifier.verify(
              file,
              new VerifyOptions(List.of(), List.of(scene.keys().signingKey().verifyKey()), 1),
              Progress.SILENT);
      assertThat(report.findings()).isEmpty();
      BackupInfo info = report.info().orElseThrow();
      assertThat(info.tables()).containsEntry("users", 1L).containsEntry("posts", 0L);
      assertThat(info.reason()).contains("holds only the rows");
      List<String> rows = new ArrayList<>();
      try (OpenedBackup backup = OpenedBackup.open(file, scene.keys().identities())) {
        Table users = backup.header().schema().tables().getLast();
        for (int place : backup.chunks(users)) {
          backup.rows(
              users,
              place,
              row ->
                  rows.add(
                      text(row.line(), row.from(), row.to())
                          + text(row.secrets(), row.secretsFrom(), row.secretsTo())));
        }
      }
      assertThat(rows)
          .singleElement()
          .asString()
          .contains("\"name\":\"new\",\"password\":\"[ENCRYPTED]\"")
          .endsWith("[\"now4\"]");
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
