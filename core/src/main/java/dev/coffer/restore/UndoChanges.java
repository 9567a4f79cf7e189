package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.OpenedBackup.StoredRow;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.restore.apply.RowChange;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.apply.StaleTable;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.restore.journal.TouchedRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the changes that take a restore back, out of the journal, which says which rows, and the
 * safety backup, which says what they were. Holds the keys and hashes of a portion of one table's
 * rows, and reads the table once for each portion.
 */
final class UndoChanges {
  private static final int MOST_KEYS = 100;
  private static final int EXAMPLES = 3;

  /** Rows; they take some 25 MB. */
  private static final int PORTION = 50_000;

  private final Journal journal;
  private final JournalEntry entry;
  private final OpenedBackup before;
  private final OpenedBackup live;
  private final RowChangeLog changes;
  private final TypeFit types;
  private final Map<QualifiedName, Secrets> secrets = new HashMap<>();
  private final Map<QualifiedName, List<RowExample>> examples = new HashMap<>();
  private final Map<QualifiedName, TablePair> pairs = new HashMap<>();

  /**
   * What becomes of a table's secrets that nothing opens.
   *
   * @param kept rows whose secrets may differ and stay
   * @param resets rows that get a secret that nobody can use, or none
   */
  record Secrets(long kept, long resets, List<String> resetKeys) {
    static final Secrets NONE = new Secrets(0, 0, List.of());
  }

  UndoChanges(
      Journal journal,
      JournalEntry entry,
      OpenedBackup before,
      OpenedBackup live,
      RowChangeLog changes) {
    this.journal = journal;
    this.entry = entry;
    this.before = before;
    this.live = live;
    this.changes = changes;
    types = new TypeFit(before.header().schema().statements(), live.header().schema().statements());
  }

  void make() throws IOException {
    // A restore writes them down table by table.
    List<TouchedRow> rows = new ArrayList<>();
    journal.rows(
        entry,
        row -> {
          if (rows.size() == PORTION
              || (!rows.isEmpty() && !rows.getFirst().table().equals(row.table()))) {
            make(rows);
            rows.clear();
          }
          rows.add(row);
        });
    if (!rows.isEmpty()) {
      make(rows);
    }
  }

  /**
   * The rows that are not what the restore left them as: an undo would refuse. What changes while
   * this looks is found when it is undone. Keeps some of the rows that it comes upon as examples.
   */
  List<StaleTable> changedSince() throws IOException {
    List<StaleTable> stale = new ArrayList<>();
    for (TablePair pair : changes.tables()) {
      if (pair.after().kind() != Table.Kind.LARGE_OBJECTS) {
        changedSince(pair).ifPresent(stale::add);
      }
    }
    return stale;
  }

  private Optional<StaleTable> changedSince(TablePair pair) throws IOException {
    Map<String, Deque<String>> expected = new HashMap<>();
    Set<String> absent = new HashSet<>();
    PlannedTable reader = new PlannedTable(pair);
    UndoExamples some = new UndoExamples(reader, EXAMPLES);
    long[] found = {0};
    List<String> keys = new ArrayList<>();
    int[] held = {0};
    changes.replay(
        pair,
        (number, change) -> {
          some.planned(change);
          String key = new String(change.key(), StandardCharsets.UTF_8);
          if (change.expectedHash().isPresent()) {
            expected
                .computeIfAbsent(Sha256.hex(change.expectedHash().get()), any -> new ArrayDeque<>())
                .add(key);
          } else if (!pair.key().isEmpty()) {
            absent.add(key);
          }
          held[0]++;
          if (held[0] == PORTION) {
            found[0] += changedSince(reader, some, expected, absent, keys);
            held[0] = 0;
          }
        });
    found[0] += changedSince(reader, some, expected, absent, keys);
    examples.put(pair.after().name(), reader.plan().examples());
    return found[0] == 0
        ? Optional.empty()
        : Optional.of(new StaleTable(pair.after().logicalName(), found[0], keys));
  }

  /** Counts rows that are missing, or there and should not be; both are empty afterwards. */
  private long changedSince(
      PlannedTable reader,
      UndoExamples some,
      Map<String, Deque<String>> expected,
      Set<String> absent,
      List<String> first)
      throws IOException {
    Table table = reader.pair().after();
    List<String> keys = new ArrayList<>();
    for (int place : live.chunks(table)) {
      live.rows(
          table,
          place,
          row -> {
            String hash = Sha256.hex(Sha256.of(row.line(), row.from(), row.to() - row.from()));
            Deque<String> found = expected.get(hash);
            if (found != null && !found.isEmpty()) {
              String _ = found.remove();
              some.live(hash, row);
            } else if (!absent.isEmpty()) {
              Row line = new Row(Arrays.copyOfRange(row.line(), row.from(), row.to()), new byte[0]);
              String key = new String(reader.keyOfAfter(line), StandardCharsets.UTF_8);
              if (absent.contains(key)) {
                keys.add(key);
              }
            }
          });
    }
    expected.values().forEach(keys::addAll);
    keys.stream()
        .filter(key -> !key.equals("[]"))
        .limit(StaleTable.MOST_KEYS - first.size())
        .forEach(first::add);
    expected.clear();
    absent.clear();
    return keys.size();
  }

  /** Some of the rows that are touched, once {@link #changedSince} has looked. */
  List<RowExample> examples(QualifiedName table) {
    return examples.getOrDefault(table, List.of());
  }

  Secrets secrets(QualifiedName table) {
    return secrets.getOrDefault(table, Secrets.NONE);
  }

  /**
   * @param rows of one table
   */
  private void make(List<TouchedRow> rows) throws IOException {
    QualifiedName name = rows.getFirst().table();
    TablePair pair = pairs.computeIfAbsent(name, this::pair);
    Table earlier = pair.before();
    Table later = pair.after();
    Map<String, Deque<TouchedRow>> wanted = new HashMap<>();
    for (TouchedRow row : rows) {
      if (row.before().isPresent()) {
        wanted.computeIfAbsent(Sha256.hex(row.before().get()), any -> new ArrayDeque<>()).add(row);
      } else {
        changes.add(pair, new RowChange(row.key(), row.after(), Optional.empty()));
      }
    }
    Map<String, byte[]> ends = fingerprints(later, rows);
    for (int place : before.chunks(earlier)) {
      before.rows(earlier, place, row -> want(pair, row, wanted, ends));
    }
    boolean missing = wanted.values().stream().anyMatch(left -> !left.isEmpty());
    if (missing) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "the safety backup does not hold rows of " + name + " that the journal names",
          "Nothing was changed. One of the two files is another's.");
    }
  }

  private TablePair pair(QualifiedName name) {
    Table earlier = table(before, name).or(() -> objects(name)).orElseThrow(() -> gone(name));
    Table later = table(live, name).or(() -> objects(name)).orElseThrow(() -> gone(name));
    TablePair pair =
        pair(earlier, later, entry.keys().getOrDefault(later.logicalName(), List.of()));
    for (Column column : later.storedColumns()) {
      types
          .problem(column.type())
          .ifPresent(problem -> {
            throw new CofferException(
                ErrorCode.SCHEMA_DIFFERS,
                "table " + later.logicalName() + ": column " + column.name() + ": " + problem,
                "Nothing was changed. Make the type again what it was.");
          });
    }
    return pair;
  }

  private static CofferException gone(QualifiedName name) {
    return new CofferException(
        ErrorCode.SCHEMA_DIFFERS,
        "table " + name + " is no longer there",
        "Nothing was changed. Bring the table back first.");
  }

  private static Optional<Table> table(OpenedBackup backup, QualifiedName name) {
    return backup.header().schema().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst();
  }

  /** Large objects, which are listed as a table only where there are any. */
  private Optional<Table> objects(QualifiedName name) {
    return table(before, name)
        .or(() -> table(live, name))
        .filter(table -> table.kind() == Table.Kind.LARGE_OBJECTS);
  }

  private static TablePair pair(Table earlier, Table later, List<String> key) {
    boolean same =
        earlier.logicalName().equals(later.logicalName())
            && earlier.primaryKey().equals(later.primaryKey())
            && earlier.storedColumns().stream()
                .map(UndoChanges::form)
                .toList()
                .equals(later.storedColumns().stream().map(UndoChanges::form).toList());
    if (!same) {
      throw new CofferException(
          ErrorCode.SCHEMA_DIFFERS,
          "table " + later.logicalName() + " was altered, or is named otherwise by the profile",
          "Nothing was changed. The safety backup holds the rows as they were: 'coffer restore'"
              + " takes it as any other backup.");
    }
    List<TablePair.ColumnPair> columns = new ArrayList<>();
    for (int i = 0; i < earlier.storedColumns().size(); i++) {
      columns.add(
          new TablePair.ColumnPair(earlier.storedColumns().get(i), later.storedColumns().get(i)));
    }
    return new TablePair(earlier, later, columns, key);
  }

  private static String form(Column column) {
    return column.name() + "\n" + column.key() + "\n" + column.type() + "\n" + column.sealed();
  }

  private void want(
      TablePair pair,
      StoredRow row,
      Map<String, Deque<TouchedRow>> wanted,
      Map<String, byte[]> ends)
      throws IOException {
    String hash = Sha256.hex(Sha256.of(row.line(), row.from(), row.to() - row.from()));
    Deque<TouchedRow> entries = wanted.get(hash);
    if (entries == null || entries.isEmpty()) {
      return;
    }
    TouchedRow touched = entries.remove();
    byte[] line = Arrays.copyOfRange(row.line(), row.from(), row.to());
    byte[] opened =
        row.secretsTo() > row.secretsFrom()
            ? Arrays.copyOfRange(row.secrets(), row.secretsFrom(), row.secretsTo())
            : new byte[0];
    if (!pair.before().sealedColumns().isEmpty() && opened.length == 0) {
      noteClosed(pair, row, line, touched, ends);
    }
    changes.add(
        pair, new RowChange(touched.key(), touched.after(), Optional.of(new Row(line, opened))));
  }

  private void noteClosed(
      TablePair pair, StoredRow row, byte[] line, TouchedRow touched, Map<String, byte[]> ends) {
    boolean closed = false;
    for (int i = 0; i < row.values().columns(); i++) {
      closed |= row.values().isClosed(i);
    }
    if (!closed) {
      return;
    }
    Secrets known = secrets(pair.after().name());
    if (touched.after().isEmpty()) {
      List<String> keys = new ArrayList<>(known.resetKeys());
      if (keys.size() < MOST_KEYS) {
        keys.add(new String(touched.key(), StandardCharsets.UTF_8));
      }
      secrets.put(pair.after().name(), new Secrets(known.kept(), known.resets() + 1, keys));
    } else {
      byte[] now =
          Objects.requireNonNullElse(ends.get(Sha256.hex(touched.after().get())), new byte[0]);
      if (!Planner.sameFingerprint(line, now)) {
        secrets.put(
            pair.after().name(), new Secrets(known.kept() + 1, known.resets(), known.resetKeys()));
      }
    }
  }

  /** The live lines of rows whose secrets nothing opens, by hash. */
  private Map<String, byte[]> fingerprints(Table table, List<TouchedRow> rows) throws IOException {
    Map<String, byte[]> lines = new HashMap<>();
    if (before.opensSecrets() || table.sealedColumns().isEmpty()) {
      return lines;
    }
    byte[] unknown = {};
    for (TouchedRow row : rows) {
      row.after().ifPresent(hash -> lines.put(Sha256.hex(hash), unknown));
    }
    for (int place : live.chunks(table)) {
      live.rows(
          table,
          place,
          row ->
              lines.computeIfPresent(
                  Sha256.hex(Sha256.of(row.line(), row.from(), row.to() - row.from())),
                  (hash, none) -> Arrays.copyOfRange(row.line(), row.from(), row.to())));
    }
    return lines;
  }
}
