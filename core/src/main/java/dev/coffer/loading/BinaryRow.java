package dev.coffer.loading;

import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.BinaryType;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.Table;
import java.util.List;

/**
 * A table's rows as tuples of COPY's binary format (PostgreSQL manual, "COPY"), for tables of which
 * every stored column's type is known. May be used by several threads.
 */
public final class BinaryRow {
  private static final int NULL = -1;

  private final Table table;
  private final BinaryType[] types;

  /**
   * @param types of the stored columns
   */
  public BinaryRow(Table table, List<BinaryType> types) {
    this.table = table;
    this.types = types.toArray(BinaryType[]::new);
  }

  /**
   * Appends the row's tuple. A value that stays closed becomes null: nothing stands in for it.
   *
   * @throws CofferException {@code BACKUP_DAMAGED} for a value that is none of its column's type
   */
  public void append(RowDecoder row, ByteSink tuples) {
    tuples.putInt16(types.length);
    for (int i = 0; i < types.length; i++) {
      if (row.isNull(i) || row.isClosed(i)) {
        tuples.putInt32(NULL);
      } else {
        value(row, i, tuples);
      }
    }
  }

  private void value(RowDecoder row, int column, ByteSink tuples) {
    try {
      row.copyBinary(column, types[column], tuples);
    } catch (RowFormatException malformed) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "table %s: column %s of a row holds what is no value of its type"
              .formatted(table.logicalName(), table.storedColumns().get(column).name()),
          "Use another copy of the file, or another backup.",
          malformed);
    }
  }
}
