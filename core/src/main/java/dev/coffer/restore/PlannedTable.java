package dev.coffer.restore;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts what is planned for one table, and looks into its rows for that. */
final class PlannedTable {
  private static final int EXAMPLES = 5;
  private static final int RESETS = 100;

  private final TablePair pair;
  private final RowDecoder before;
  private final RowDecoder after;
  private final int[] beforePlaces;
  private final int[] afterPlaces;
  private final List<Integer> keyPlaces = new ArrayList<>();
  private final boolean seals;
  private final ByteSink one = new ByteSink(256);
  private final ByteSink other = new ByteSink(256);
  private final List<String> insertedKeys = new ArrayList<>();
  private final List<String> changedKeys = new ArrayList<>();
  private final List<String> deletedKeys = new ArrayList<>();
  private final List<String> resetKeys = new ArrayList<>();
  private final RowExamples examples;
  private long inserted;
  private long changed;
  private long deleted;
  private long onlyLive;
  private long differing;
  private long keptSecrets;
  private long resets;

  PlannedTable(TablePair pair) {
    this.pair = pair;
    before = new RowDecoder(pair.before());
    after = new RowDecoder(pair.after());
    beforePlaces =
        places(pair.before(), pair.columns().stream().map(c -> c.before().name()).toList());
    afterPlaces = places(pair.after(), pair.columns().stream().map(c -> c.after().name()).toList());
    for (String key : pair.key()) {
      for (int i = 0; i < beforePlaces.length; i++) {
        if (pair.columns().get(i).before().name().equals(key)) {
          keyPlaces.add(i);
        }
      }
    }
    examples = new RowExamples(pair, before, beforePlaces, after, afterPlaces);
    seals = !pair.before().sealedColumns().isEmpty();
  }

  private static int[] places(Table table, List<String> names) {
    List<String> stored = table.storedColumns().stream().map(Column::name).toList();
    return names.stream().mapToInt(stored::indexOf).toArray();
  }

  TablePair pair() {
    return pair;
  }

  byte[] keyOfBefore(Row row) {
    row.read(before, pair.before());
    return key(before, beforePlaces);
  }

  byte[] keyOfAfter(Row row) {
    row.read(after, pair.after());
    return key(after, afterPlaces);
  }

  private byte[] key(RowDecoder decoder, int[] places) {
    one.clear(1 << 20);
    for (int place : keyPlaces) {
      one.put(one.length() == 0 ? '[' : ',');
      decoder.json(places[place], one);
    }
    if (one.length() > 0) {
      one.put(']');
    }
    return Planner.key(one);
  }

  /** Counts a row to insert, which {@link #keyOfBefore} has just read. */
  void insert(Row row, byte[] key) {
    inserted++;
    example(insertedKeys, key, EXAMPLES);
    examples.inserted(key);
    if (anyClosed()) {
      resets++;
      example(resetKeys, key, RESETS);
    }
  }

  private boolean anyClosed() {
    for (int place : beforePlaces) {
      if (seals && before.isClosed(place)) {
        return true;
      }
    }
    return false;
  }

  /** Counts a row to delete, which {@link #keyOfAfter} has just read. */
  void delete(byte[] key) {
    deleted++;
    example(deletedKeys, key, EXAMPLES);
    examples.deleted(key);
  }

  void onlyLive() {
    onlyLive++;
  }

  void differing() {
    differing++;
  }

  /** Counts a row that differs; false where nothing can be put back of what differs. */
  boolean change(Row earlier, Row later) {
    earlier.read(before, pair.before());
    later.read(after, pair.after());
    if (anyClosed() && !Planner.sameFingerprint(earlier.line(), later.line())) {
      keptSecrets++;
      if (!visiblyDiffers()) {
        return false;
      }
    }
    changed++;
    byte[] key = key(after, afterPlaces);
    example(changedKeys, key, EXAMPLES);
    examples.changed(key, !Planner.sameFingerprint(earlier.line(), later.line()));
    return true;
  }

  private boolean visiblyDiffers() {
    for (int i = 0; i < beforePlaces.length; i++) {
      if (before.isClosed(beforePlaces[i]) && !after.isNull(afterPlaces[i])) {
        continue;
      }
      one.clear(1 << 20);
      other.clear(1 << 20);
      before.json(beforePlaces[i], one);
      after.json(afterPlaces[i], other);
      if (!Arrays.equals(one.array(), 0, one.length(), other.array(), 0, other.length())) {
        return true;
      }
    }
    return false;
  }

  private static void example(List<String> keys, byte[] key, int most) {
    if (keys.size() < most && key.length > 2) {
      keys.add(new String(key, StandardCharsets.UTF_8));
    }
  }

  TablePlan plan() {
    return new TablePlan(
        pair.after().logicalName(),
        inserted,
        changed,
        deleted,
        onlyLive,
        differing,
        keptSecrets,
        resets,
        insertedKeys,
        changedKeys,
        deletedKeys,
        resetKeys,
        examples.all());
  }
}
