package dev.coffer.restore.record;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes what is compared of a row in a form that both sides of a pair share, so that rows are the
 * same exactly when their texts are. For one thread.
 */
final class RowText {
  private static final int FINGERPRINT = "12345678\"}".length();

  private final TablePair pair;
  private final boolean secretsOpen;
  private final boolean fingerprints;
  private final Side before;
  private final Side after;

  /**
   * @param secretsOpen whether the rows of both sides come with their secrets
   * @param sameSigner whether both sides' fingerprints are made with one key
   */
  RowText(TablePair pair, boolean secretsOpen, boolean sameSigner) {
    this.pair = pair;
    this.secretsOpen = secretsOpen;
    fingerprints =
        !secretsOpen
            && sameSigner
            && pair.before().logicalName().equals(pair.after().logicalName())
            && pair.before().primaryKey().equals(pair.after().primaryKey())
            && names(pair.before().sealedColumns()).equals(names(pair.after().sealedColumns()));
    before = new Side(pair.before());
    after = new Side(pair.after());
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  String ofBackup(Row row) {
    return before.text(row);
  }

  String ofLive(Row row) {
    return after.text(row);
  }

  /** One side's rows. */
  private final class Side {
    private final Table table;
    private final RowDecoder decoder;
    private final List<String> stored;
    private final ByteSink text = new ByteSink(1 << 10);

    Side(Table table) {
      this.table = table;
      decoder = new RowDecoder(table);
      stored = names(table.storedColumns());
    }

    String text(Row row) {
      row.read(decoder, table);
      text.clear(1 << 20);
      boolean anySealed = false;
      for (TablePair.ColumnPair columns : pair.columns()) {
        int at = stored.indexOf(columns.before().name());
        boolean sealed = columns.before().sealed() || columns.after().sealed();
        anySealed |= sealed && !decoder.isNull(at);
        if (decoder.isNull(at)) {
          text.put('-');
        } else if (sealed && !secretsOpen) {
          text.put('*');
        } else {
          text.put('=');
          value(at, columns);
        }
        text.put('\n');
      }
      if (anySealed && fingerprints) {
        byte[] line = row.line();
        text.put(line, line.length - FINGERPRINT, FINGERPRINT);
      }
      return new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
    }

    /** JSON has no line break inside; plain texts may, and are quoted by their length. */
    private void value(int at, TablePair.ColumnPair columns) {
      if (columns.before().kind() == columns.after().kind()) {
        decoder.json(at, text);
        return;
      }
      ByteSink plain = new ByteSink(64);
      decoder.plainText(at, plain);
      text.put(plain.length() + ":");
      text.put(plain.array(), 0, plain.length());
    }
  }
}
