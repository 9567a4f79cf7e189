package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import dev.coffer.server.state.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What checks found, as long as the files are what they were then. Losing it loses no backup: they
 * only have to be checked again.
 */
@Component
class Verifications {
  private static final int LONGEST = 100_000;

  private final JdbcClient state;
  private final Map<String, Stored> known = new ConcurrentHashMap<>();

  private record Stored(String path, long fileSize, Instant modifiedAt, Verification found) {}

  Verifications(JdbcClient state) {
    this.state = state;
    state
        .sql("SELECT * FROM verification")
        .query(Verifications::stored)
        .list()
        .forEach(stored -> known.put(stored.path(), stored));
  }

  void put(Path file, Verification found) {
    Optional<Instant> modified = modified(file);
    if (modified.isEmpty()) {
      return;
    }
    Stored stored = new Stored(key(file), size(file), modified.get(), found);
    String findings = Times.cut(String.join("\n", found.findings()), LONGEST);
    forget(file);
    state
        .sql(
            """
            INSERT INTO verification (path, file_size, modified_at, verified_at, actor, sound,
              findings)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """)
        .params(
            stored.path(),
            stored.fileSize(),
            Times.parameter(stored.modifiedAt()),
            Times.parameter(found.at()),
            found.actor(),
            found.sound(),
            findings)
        .update();
    known.put(stored.path(), stored);
  }

  void forget(Path file) {
    state.sql("DELETE FROM verification WHERE path = ?").param(key(file)).update();
    known.remove(key(file));
  }

  /** What the last check found; empty when there was none since the file changed. */
  Optional<Verification> of(BackupInfo info) {
    return Optional.ofNullable(known.get(key(info.file())))
        .filter(stored -> stored.fileSize() == info.fileSize())
        .filter(stored -> modified(info.file()).equals(Optional.of(stored.modifiedAt())))
        .map(Stored::found);
  }

  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private static Optional<Instant> modified(Path file) {
    try {
      return Optional.of(
          Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return -1;
    }
  }

  private static Stored stored(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getString("path"),
        row.getLong("file_size"),
        Times.read(row, "modified_at"),
        new Verification(
            Times.read(row, "verified_at"),
            row.getString("actor"),
            row.getBoolean("sound"),
            row.getString("findings").lines().toList()));
  }
}
