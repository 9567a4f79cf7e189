package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupInfo;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.server.ServerSettings;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What was restored and undone, as the journal among the backups tells it: it is there when
 * Coffer's own state is lost, and holds what was done by the command line too.
 */
@Component
class PastRestores {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'R-'uuuu-MM-dd'T'HH-mm-ss-SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServerSettings settings;

  PastRestores(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * One of them.
   *
   * @param touched records in all tables
   * @param safety the file's name; the file may be gone
   * @param undoable whether it may be tried
   */
  public record Past(
      JournalEntry entry, Optional<Instant> at, long touched, String safety, boolean undoable) {

    /** For people. */
    public String outcome() {
      return entry
          .undoneBy()
          .map(id -> "Undone")
          .orElseGet(() ->
              switch (entry.state()) {
                case DONE -> "Done";
                case ROLLED_BACK -> "Did not happen";
                case APPLYING -> "Not known yet";
                case UNKNOWN -> "Not known";
              });
    }

    /** How it was done, for people. */
    public String how() {
      return switch (entry.mode()) {
        case "exact" -> "exactly as in the backup";
        case "merge" -> "bring back and change back";
        case JournalEntry.REBUILD -> "into an empty database";
        default -> "only what is gone";
      };
    }

    public String colour() {
      return switch (outcome()) {
        case "Done" -> "green";
        case "Not known", "Not known yet" -> "red";
        default -> "secondary";
      };
    }
  }

  /**
   * All of them, the newest first.
   *
   * @param unsettled whether the end of one is not known, and the database may tell
   */
  public record Listing(List<Past> items, List<String> damaged, boolean unsettled) {
    public Listing {
      items = List.copyOf(items);
      damaged = List.copyOf(damaged);
    }
  }

  Listing all() {
    Journal.Listing found = Journal.in(settings.backups()).list();
    return new Listing(
        found.entries().stream().map(this::past).toList(),
        found.damaged(),
        found.entries().stream().anyMatch(entry -> entry.state() == JournalEntry.State.APPLYING));
  }

  /**
   * One by its id.
   *
   * @throws CofferException {@code RESTORE_NOT_FOUND}
   */
  Past find(String id) {
    return past(Journal.in(settings.backups()).find(id));
  }

  private Past past(JournalEntry entry) {
    boolean safetyIsThere =
        !entry.rebuild() && Files.exists(settings.backups().resolve(entry.safety()));
    boolean undoable =
        entry.state() == JournalEntry.State.DONE && entry.undoneBy().isEmpty() && safetyIsThere;
    return new Past(
        entry,
        at(entry.id()),
        entry.tables().values().stream().mapToLong(Long::longValue).sum(),
        entry.safety().replaceAll(".*/", ""),
        undoable);
  }

  private static Optional<Instant> at(String id) {
    try {
      return Optional.of(Instant.from(STAMP.parse(id)));
    } catch (DateTimeParseException another) {
      return Optional.empty();
    }
  }

  /** Asks the database how restores ended that were cut off, and writes that down. */
  List<String> settle() {
    var database =
        settings
            .database()
            .orElseThrow(
                () -> new CofferException(ErrorCode.USAGE, "the server protects no database", ""));
    try (WriteTransaction connection =
        WriteTransaction.open(database, SharedSnapshot.Timeouts.DEFAULT)) {
      return Journal.in(settings.backups()).settle(connection);
    }
  }

  /** Whether a backup holds anything that is locked, or may. */
  static boolean locks(BackupInfo info) {
    return !info.sealedColumns().isEmpty();
  }
}
