package dev.coffer.restore.journal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.restore.apply.TouchedRows;
import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The folder {@code restores} among the backups: one entry for each restore that was applied. */
public final class Journal {
  /** The folder's name. */
  public static final String FOLDER = "restores";

  private static final String ENTRY = ".json";
  private static final String ROWS = ".rows.gz";

  /** Not the ending that a backup in the making has: those are cleared away by other runs. */
  private static final String PARTIAL = ".writing";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'R-'uuuu-MM-dd'T'HH-mm-ss-SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path folder;

  private Journal(Path folder) {
    this.folder = folder;
  }

  /** The journal in a folder of backups; nothing is created yet. */
  public static Journal in(Path root) {
    return new Journal(root.resolve(FOLDER));
  }

  /** A restore that is being applied, whose rows are written down as they are read back. */
  public final class Draft implements TouchedRows, AutoCloseable {
    private final String id;
    private final Path partial;
    private final RowsFile rows;

    private Draft(String id, Path partial, RowsFile rows) {
      this.id = id;
      this.partial = partial;
      this.rows = rows;
    }

    public String id() {
      return id;
    }

    @Override
    public void row(Table table, byte[] key, Optional<byte[]> before, Optional<byte[]> after)
        throws IOException {
      rows.row(table, key, before, after);
    }

    /**
     * Writes the entry: from now on the journal knows of the restore.
     *
     * @param entry makes it of the rows touched by table
     */
    public JournalEntry write(Function<Map<String, Long>, JournalEntry> entry) {
      try {
        rows.finish();
        Files.move(partial, folder.resolve(id + ROWS), StandardCopyOption.ATOMIC_MOVE);
        JournalEntry made = entry.apply(rows.counts());
        put(made);
        return made;
      } catch (IOException failure) {
        throw StoreFailures.translate(failure, folder);
      }
    }

    @Override
    public void close() {
      try {
        rows.close();
        Files.deleteIfExists(partial);
      } catch (IOException leftBehind) {
        // The next run removes it.
      }
    }
  }

  /**
   * Begins to write a restore down.
   *
   * @throws CofferException {@code TARGET_UNWRITABLE} or {@code TARGET_FULL}
   */
  public Draft begin() {
    try {
      Files.createDirectories(folder);
      String id = freshId();
      Path partial = folder.resolve("." + id + ROWS + PARTIAL);
      return new Draft(id, partial, new RowsFile(partial));
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder);
    }
  }

  private String freshId() {
    Instant now = Instant.now();
    while (Files.exists(folder.resolve(STAMP.format(now) + ENTRY))) {
      now = now.plusMillis(1);
    }
    return STAMP.format(now);
  }

  /** Replaces an entry, durably. */
  public void put(JournalEntry entry) {
    Path partial = folder.resolve("." + entry.id() + ENTRY + PARTIAL);
    try {
      Files.write(partial, JournalJson.write(entry));
      force(partial, StandardOpenOption.WRITE);
      Files.move(
          partial,
          folder.resolve(entry.id() + ENTRY),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      force(folder, StandardOpenOption.READ);
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder);
    }
  }

  private static void force(Path place, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(place, option)) {
      channel.force(true);
    }
  }

  /**
   * The entry of a restore.
   *
   * @throws CofferException {@code RESTORE_NOT_FOUND} or {@code FILE_UNREADABLE}
   */
  public JournalEntry find(String id) {
    Path file = folder.resolve(id + ENTRY);
    boolean plain = id.matches("R-[0-9TZ-]{1,40}");
    if (!plain || !Files.exists(file)) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          "there is no restore " + id + " in " + folder,
          "Restores that can be undone: " + known());
    }
    return read(file);
  }

  private String known() {
    List<String> ids = list().entries().stream().limit(5).map(JournalEntry::id).toList();
    return ids.isEmpty() ? "none" : String.join(", ", ids.reversed());
  }

  private static JournalEntry read(Path file) {
    try {
      return JournalJson.read(Files.readAllBytes(file));
    } catch (IOException | RuntimeException failure) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "the journal's entry " + file + " cannot be read",
          "It was changed or damaged. The safety backup beside the other backups is whole by itself.",
          failure);
    }
  }

  /** Every restore that the journal knows of, the newest first; entries that are damaged apart. */
  public record Listing(List<JournalEntry> entries, List<String> damaged) {
    public Listing {
      entries = List.copyOf(entries);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * What was restored, and undone.
   *
   * @throws CofferException {@code FILE_UNREADABLE} when the folder cannot be read
   */
  public Listing list() {
    List<JournalEntry> entries = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Path file : files().reversed()) {
      readable(file)
          .ifPresentOrElse(entries::add, () -> damaged.add(String.valueOf(file.getFileName())));
    }
    return new Listing(entries, damaged);
  }

  private static Optional<JournalEntry> readable(Path file) {
    try {
      return Optional.of(read(file));
    } catch (CofferException damaged) {
      return Optional.empty();
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "R-*" + ENTRY)) {
      found.forEach(files::add);
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder);
    }
    return files.stream().sorted().toList();
  }

  /** Gives the rows that a restore touched. */
  public void rows(JournalEntry entry, RowVisitor visitor) throws IOException {
    RowsFile.read(folder.resolve(entry.id() + ROWS), visitor::row);
  }

  /** Takes the rows that a restore touched. */
  @FunctionalInterface
  public interface RowVisitor {
    void row(TouchedRow row) throws IOException;
  }

  /**
   * Finds restores of this database whose end nobody has seen, asks the server how they ended, and
   * writes that down.
   *
   * @return a sentence for each, and for each entry that is damaged
   */
  public List<String> settle(WriteTransaction connection) {
    List<String> told = new ArrayList<>();
    DatabaseIdentity database = connection.identity();
    Listing found = list();
    for (String damaged : found.damaged()) {
      told.add("The journal's entry " + damaged + " is damaged: that restore cannot be undone.");
    }
    for (JournalEntry entry : found.entries().reversed()) {
      if (entry.state() == JournalEntry.State.APPLYING && entry.database().same(database)) {
        settle(entry, connection.statusOf(entry.transactionId())).ifPresent(told::add);
      }
    }
    removeLeftovers();
    return told;
  }

  private Optional<String> settle(JournalEntry entry, Optional<String> status) {
    return switch (status.orElse("unknown")) {
      case "in progress" -> Optional.of("The restore " + entry.id() + " is still under way.");
      case "committed" -> {
        done(entry);
        yield Optional.of("The restore " + entry.id() + ", which was cut off, had been completed.");
      }
      case "aborted" -> {
        put(entry.withState(JournalEntry.State.ROLLED_BACK));
        yield Optional.of(
            "The restore " + entry.id() + ", which was cut off, had been rolled back.");
      }
      default -> {
        put(entry.withState(JournalEntry.State.UNKNOWN));
        yield Optional.of("How the restore " + entry.id() + " ended the server no longer knows.");
      }
    };
  }

  /** Writes down that a restore was completed, and what it took back, if it is an undo. */
  public void done(JournalEntry entry) {
    // What it took back comes first: an entry that is not done yet is looked at again.
    entry
        .undoes()
        .map(id -> folder.resolve(id + ENTRY))
        .filter(Files::exists)
        .flatMap(Journal::readable)
        .ifPresent(undone -> put(undone.undoneBy(entry.id())));
    put(entry.withState(JournalEntry.State.DONE));
  }

  /** A run that lives does not take a day from its first row to its last. */
  private void removeLeftovers() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, ".R-*" + PARTIAL)) {
      for (Path file : found) {
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        if (changed.isBefore(Instant.now().minus(1, ChronoUnit.DAYS))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException later) {
      // They are small and hidden; the next run tries again.
    }
  }
}
