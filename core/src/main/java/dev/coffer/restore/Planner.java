package dev.coffer.restore;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.model.Table;
import dev.coffer.restore.apply.RowChange;
import dev.coffer.restore.apply.RowChangeLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the changes of a restore out of the differences between the backup, the earlier state, and
 * the live database, and counts them.
 */
final class Planner implements ChangeSink, AutoCloseable {
  private static final byte[] NO_KEY = "[]".getBytes(StandardCharsets.US_ASCII);
  private static final int FINGERPRINT = 8 + "\"}".length();

  private final Mode mode;
  private final RowChangeLog changes;
  private final List<TablePlan> tables = new ArrayList<>();
  private Optional<PlannedTable> current = Optional.empty();
  private Optional<ChangeLog> objects = Optional.empty();

  Planner(Mode mode, RowChangeLog changes) {
    this.mode = mode;
    this.changes = changes;
  }

  @Override
  public void table(TablePair pair) throws IOException {
    finish();
    current = Optional.of(new PlannedTable(pair));
    if (pair.after().kind() == Table.Kind.LARGE_OBJECTS) {
      objects = Optional.of(new ChangeLog());
    }
  }

  @Override
  public void change(TablePair pair, Change change) throws IOException {
    if (objects.isPresent()) {
      objects.get().change(pair, change);
    } else {
      plan(pair, change, mode);
    }
  }

  private PlannedTable planned() {
    return current.orElseThrow();
  }

  private void plan(TablePair pair, Change change, Mode by) throws IOException {
    PlannedTable planned = planned();
    switch (change) {
      case Change.Removed(Row before) -> {
        byte[] key = planned.keyOfBefore(before);
        planned.insert(before, key);
        changes.add(pair, new RowChange(key, Optional.empty(), Optional.of(before)));
      }
      case Change.Added(Row after) -> {
        if (by == Mode.EXACT) {
          byte[] key = planned.keyOfAfter(after);
          planned.delete(key);
          changes.add(pair, new RowChange(key, hash(after), Optional.empty()));
        } else {
          planned.onlyLive();
        }
      }
      case Change.Changed(Row before, Row after) -> {
        if (by == Mode.MISSING) {
          planned.differing();
        } else if (planned.change(before, after)) {
          byte[] key = planned.keyOfAfter(after);
          changes.add(pair, new RowChange(key, hash(after), Optional.of(before)));
        }
      }
    }
  }

  private static Optional<byte[]> hash(Row row) {
    return Optional.of(Sha256.of(row.line()));
  }

  /** Ends the last table. */
  void finish() throws IOException {
    if (objects.isPresent()) {
      planObjects(objects.get());
      objects.get().close();
      objects = Optional.empty();
    }
    current.map(PlannedTable::plan).filter(TablePlan::worthTelling).ifPresent(tables::add);
    current = Optional.empty();
  }

  /**
   * A large object is one thing, whatever pages it is stored in: of one that both sides have, all
   * pages are put back or none.
   */
  private void planObjects(ChangeLog log) throws IOException {
    TablePair pair = planned().pair();
    Set<String> onlyLive = new HashSet<>();
    Set<String> gone = new HashSet<>();
    log.replay(
        pair,
        change -> {
          if (change instanceof Change.Added(Row after)) {
            first(planned().keyOfAfter(after)).ifPresent(onlyLive::add);
          } else if (change instanceof Change.Removed(Row before)) {
            first(planned().keyOfBefore(before)).ifPresent(gone::add);
          }
        });
    log.replay(
        pair,
        change -> {
          String object =
              switch (change) {
                case Change.Added(Row after) -> object(planned().keyOfAfter(after));
                case Change.Removed(Row before) -> object(planned().keyOfBefore(before));
                case Change.Changed(Row before, Row after) -> object(planned().keyOfAfter(after));
              };
          if (onlyLive.contains(object) || gone.contains(object)) {
            plan(pair, change, mode);
          } else if (mode == Mode.MISSING) {
            planned().differing();
          } else {
            plan(pair, change, Mode.EXACT);
          }
        });
  }

  private static String object(byte[] key) {
    String text = new String(key, StandardCharsets.US_ASCII);
    return text.substring(1, text.indexOf(','));
  }

  /** The object whose first page this is. */
  private static Optional<String> first(byte[] key) {
    String text = new String(key, StandardCharsets.US_ASCII);
    return text.endsWith(",0]") ? Optional.of(object(key)) : Optional.empty();
  }

  List<TablePlan> tables() {
    return tables;
  }

  @Override
  public void close() {
    objects.ifPresent(ChangeLog::close);
  }

  static byte[] key(ByteSink values) {
    return values.length() == 0 ? NO_KEY : java.util.Arrays.copyOf(values.array(), values.length());
  }

  /** Whether two lines end in the same fingerprint: then their sealed values are the same. */
  static boolean sameFingerprint(byte[] one, byte[] other) {
    int length = FINGERPRINT;
    return one.length > length
        && other.length > length
        && java.util.Arrays.equals(
            one, one.length - length, one.length, other, other.length - length, other.length);
  }
}
