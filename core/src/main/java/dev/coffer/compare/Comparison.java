package dev.coffer.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ComparisonResult.OneSided;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Compares two documents row by row, in constant memory. Tables belong together by their names in
 * the catalog. What can be told without reading rows is: a chunk with the same hash on both sides
 * holds the same rows.
 */
public final class Comparison {
  /** Two of the earlier side, one of the later. */
  private static final int READERS = 3;

  private final OpenedBackup before;
  private final OpenedBackup after;
  private final CompareOptions options;
  private final ChangeSink sink;
  private final Progress progress;
  private final List<TableResult> tables = new ArrayList<>();
  private final List<OneSided> oneSided = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Comparison(
      OpenedBackup before,
      OpenedBackup after,
      CompareOptions options,
      ChangeSink sink,
      Progress progress) {
    this.before = before;
    this.after = after;
    this.options = options;
    this.sink = sink;
    this.progress = progress;
  }

  /**
   * Compares two documents.
   *
   * @param before the earlier state: rows that only it has are {@code Removed}; not to be used by
   *     others meanwhile, as {@code after}
   * @param sink is told from the calling thread
   * @throws CofferException {@code TABLE_NOT_FOUND}, {@code BACKUP_DAMAGED}, {@code
   *     FILE_UNREADABLE}, {@code TARGET_FULL}, {@code TARGET_UNWRITABLE} or {@code INTERRUPTED}
   */
  public static ComparisonResult compare(
      OpenedBackup before,
      OpenedBackup after,
      CompareOptions options,
      ChangeSink sink,
      Progress progress) {
    try {
      return new Comparison(before, after, options, sink, progress).run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw interrupted(interrupted);
    } catch (IOException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(failure);
      }
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "cannot compare " + before.file() + " and " + after.file(),
          "Check their disk, and that of " + options.temporary() + ".",
          failure);
    }
  }

  private static CofferException interrupted(Exception cause) {
    return new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", cause);
  }

  private ComparisonResult run() throws IOException, InterruptedException {
    progress.stage("comparing");
    List<Table> earlier = selected(before);
    List<Table> later = selected(after);
    requireKnown(earlier, later);
    Map<QualifiedName, Table> laterByName = new LinkedHashMap<>();
    later.forEach(table -> laterByName.put(table.name(), table));
    List<Pairing> pairs = new ArrayList<>();
    for (Table table : earlier) {
      Table other = laterByName.remove(table.name());
      if (other == null) {
        only(Side.BEFORE, before, after, table);
      } else {
        pairs.add(Pairing.of(table, other));
      }
    }
    laterByName.values().forEach(table -> only(Side.AFTER, after, before, table));
    expect(pairs);
    compare(pairs);
    return new ComparisonResult(
        tables,
        oneSided,
        options.tables().isEmpty() && hasStructure(before) && hasStructure(after)
            ? Structure.differences(before.header().schema(), after.header().schema())
            : List.of(),
        notes);
  }

  /** A file of an earlier system has none, and every database has some. */
  private static boolean hasStructure(OpenedBackup backup) {
    return !backup.header().schema().statements().isEmpty();
  }

  /** Named on either side, a table is looked for on both: profiles may call it differently. */
  private List<Table> selected(OpenedBackup backup) {
    List<Table> all = backup.header().schema().tables();
    if (options.tables().isEmpty()) {
      return all;
    }
    Set<QualifiedName> wanted = new HashSet<>();
    for (OpenedBackup side : List.of(before, after)) {
      side.header().schema().tables().stream()
          .filter(table -> options.tables().contains(table.logicalName()))
          .forEach(table -> wanted.add(table.name()));
    }
    return all.stream().filter(table -> wanted.contains(table.name())).toList();
  }

  private void requireKnown(List<Table> earlier, List<Table> later) {
    Set<String> known = new HashSet<>();
    earlier.forEach(table -> known.add(table.logicalName()));
    later.forEach(table -> known.add(table.logicalName()));
    for (String name : options.tables()) {
      if (!known.contains(name)) {
        throw new CofferException(
            ErrorCode.TABLE_NOT_FOUND,
            "neither side has a table " + name,
            "'coffer show' lists the tables of a backup by their names there.");
      }
    }
  }

  private void only(Side side, OpenedBackup holder, OpenedBackup other, Table table) {
    boolean leftOut =
        other.metadata().excluded().stream()
            .anyMatch(excluded ->
                excluded.kind().equals("TABLE ROWS")
                    && excluded.name().equals(table.logicalName()));
    if (leftOut) {
      notes.add(
          "table %s is not compared: its rows are not part of a backup of kind %s"
              .formatted(table.logicalName(), other.header().kind().word()));
    } else {
      long rows = holder.metadata().tables().getOrDefault(table.logicalName(), 0L);
      oneSided.add(new OneSided(side, table.name(), table.logicalName(), rows));
    }
  }

  private void expect(List<Pairing> pairs) {
    long rows = 0;
    for (Pairing pairing : pairs) {
      rows += rows(before, pairing.pair().before()) + rows(after, pairing.pair().after());
    }
    progress.expect(pairs.size(), rows, 0);
  }

  private static long rows(OpenedBackup backup, Table table) {
    return backup.metadata().tables().getOrDefault(table.logicalName(), 0L);
  }

  private void compare(List<Pairing> pairs) throws IOException, InterruptedException {
    try (SpillFile file = new SpillFile(options.temporary());
        Readers readers = new Readers(before, after);
        ExecutorService executor =
            Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().name("coffer-comparer-", 0).daemon().factory())) {
      for (Pairing pairing : pairs) {
        sink.table(pairing.pair());
        TableResult result =
            new TableComparison(pairing, readers, file, options.memory(), sink, progress)
                .run(executor);
        note(result);
        tables.add(result);
      }
    }
  }

  private void note(TableResult result) {
    String name = result.pair().after().logicalName();
    if (result.secrets() == Secrets.UNKNOWN) {
      notes.add(
          "the sealed columns of table "
              + name
              + " could not be compared: the backups were signed with different keys, or seal"
              + " differently; an identity that opens both compares them");
    }
    if (result.pair().key().isEmpty() && result.counts().all() > 0) {
      notes.add(
          "table "
              + name
              + " has no key that both sides share: a row that changed counts as one removed and"
              + " one added");
    }
  }
}
