package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.TablePair.ColumnPair;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.List;

/**
 * Reads rows of one side as the other side would write them, as far as they are compared. Columns
 * are numbered as in {@link TablePair#columns}. For one thread.
 */
final class SideRows {
  private static final int FINGERPRINT = 8;
  private static final int AFTER_FINGERPRINT = "\"}".length();
  private static final int NULL = -1;

  private final Table table;
  private final RowDecoder decoder;
  private final int[] places;
  private final int[] key;
  private final int[] primaryKey;
  private final boolean[] plain;
  private final boolean[] hidden;
  private final boolean[] sealed;
  private final boolean fingerprints;
  private byte[] line = {};
  private int lineTo;

  SideRows(TablePair pair, Side side, Secrets secrets) {
    table = side == Side.BEFORE ? pair.before() : pair.after();
    decoder = new RowDecoder(table);
    List<String> stored = table.storedColumns().stream().map(Column::name).toList();
    List<ColumnPair> columns = pair.columns();
    int count = columns.size();
    places = new int[count];
    plain = new boolean[count];
    hidden = new boolean[count];
    sealed = new boolean[count];
    for (int i = 0; i < count; i++) {
      ColumnPair column = columns.get(i);
      Column own = side == Side.BEFORE ? column.before() : column.after();
      places[i] = stored.indexOf(own.name());
      plain[i] = column.before().kind() != column.after().kind();
      sealed[i] = column.before().sealed() || column.after().sealed();
      hidden[i] = sealed[i] && secrets != Secrets.OPEN;
    }
    key = numbers(columns, pair.key());
    primaryKey = numbers(columns, pair.before().primaryKey());
    fingerprints = secrets == Secrets.BY_FINGERPRINT;
  }

  private static int[] numbers(List<ColumnPair> columns, List<String> names) {
    List<String> before = columns.stream().map(column -> column.before().name()).toList();
    return names.stream().mapToInt(before::indexOf).filter(column -> column >= 0).toArray();
  }

  /** Reads a row of a chunk. */
  void read(ChunkLines chunk, int row) {
    read(
        chunk.text(),
        chunk.from(row),
        chunk.to(row),
        chunk.secrets(),
        chunk.secretsFrom(row),
        chunk.secretsTo(row));
  }

  void read(Row row) {
    read(row.line(), 0, row.line().length, row.secrets(), 0, row.secrets().length);
  }

  private void read(byte[] bytes, int from, int to, byte[] secrets, int begin, int end) {
    line = bytes;
    lineTo = to;
    Row.read(decoder, table, bytes, from, to, secrets, begin, end);
  }

  /** Appends all that is compared, in a form that both sides share. */
  void identity(ByteSink target) {
    for (int i = 0; i < places.length; i++) {
      value(i, target);
    }
    if (fingerprints) {
      fingerprint(target);
    }
  }

  /** Appends the key, in a form that both sides share. */
  void key(ByteSink target) {
    for (int column : key) {
      value(column, target);
    }
  }

  /** Appends the primary key, as far as both sides have its columns. */
  void primaryKey(ByteSink target) {
    for (int column : primaryKey) {
      value(column, target);
    }
  }

  /** Appends a value's length and the value; of a hidden one, whether there is one. */
  void value(int column, ByteSink target) {
    int place = places[column];
    if (decoder.isNull(place)) {
      length(target, NULL);
      return;
    }
    int at = target.length();
    length(target, 0);
    if (hidden[column]) {
      return;
    }
    if (plain[column]) {
      decoder.plainText(place, target);
    } else {
      decoder.json(place, target);
    }
    int end = target.length();
    target.length(at);
    length(target, end - at - Integer.BYTES);
    target.length(end);
  }

  private static void length(ByteSink target, int length) {
    target.put(length >>> 24);
    target.put(length >>> 16);
    target.put(length >>> 8);
    target.put(length);
  }

  /** Appends the row's fingerprint, if it has one. */
  void fingerprint(ByteSink target) {
    boolean any = false;
    for (int i = 0; i < places.length; i++) {
      any |= sealed[i] && !decoder.isNull(places[i]);
    }
    if (any) {
      target.put(line, lineTo - AFTER_FINGERPRINT - FINGERPRINT, FINGERPRINT);
    }
  }

  int columns() {
    return places.length;
  }

  boolean isSealed(int column) {
    return sealed[column];
  }

  boolean isNull(int column) {
    return decoder.isNull(places[column]);
  }

  /** Appends PostgreSQL's text for a value that is neither null nor hidden. */
  void text(int column, ByteSink target) {
    decoder.plainText(places[column], target);
  }
}
