package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import dev.coffer.server.state.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What checks found, as long as the files are what they were then. Losing it loses no backup: they
 * only have to be checked again.
 */
@Component
class Verifications {
  private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);
  private static final int LONGEST = 100_000;

  /** Another server on the same state may check a file, too. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final JdbcClient state;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private Map<String, Stored> known = new HashMap<>();
  private Instant readAt = Instant.MIN;

  private record Stored(String path, long fileSize, Instant modifiedAt, Verification found) {}

  Verifications(JdbcClient state, TransactionTemplate transaction, InstantSource clock) {
    this.state = state;
    this.transaction = transaction;
    this.clock = clock;
    read();
  }

  private void read() {
    Map<String, Stored> found = new HashMap<>();
    state
        .sql("SELECT * FROM verification")
        .query(Verifications::stored)
        .list()
        .forEach(stored -> found.put(stored.path(), stored));
    known = found;
    readAt = clock.instant();
  }

  private synchronized Optional<Stored> known(Path file) {
    if (readAt.plus(FRESH).isBefore(clock.instant())) {
      try {
        read();
      } catch (DataAccessException stateIsDown) {
        LOG.warn("The state's database cannot be read: {}", stateIsDown.getMessage());
        readAt = clock.instant();
      }
    }
    return Optional.ofNullable(known.get(key(file)));
  }

  synchronized void put(Path file, Verification found) {
    Optional<Instant> modified = modified(file);
    if (modified.isEmpty()) {
      return;
    }
    Stored stored = new Stored(key(file), size(file), modified.get(), found);
    String findings = Times.cut(String.join("\n", found.findings()), LONGEST);
    transaction.executeWithoutResult(status -> {
      delete(file);
      insert(stored, findings);
    });
    known.put(stored.path(), stored);
  }

  private void insert(Stored stored, String findings) {
    Verification found = stored.found();
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
  }

  synchronized void forget(Path file) {
    delete(file);
    known.remove(key(file));
  }

  private void delete(Path file) {
    state.sql("DELETE FROM verification WHERE path = ?").param(key(file)).update();
  }

  /** What the last check found; empty when there was none since the file changed. */
  Optional<Verification> of(BackupInfo info) {
    return known(info.file())
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
