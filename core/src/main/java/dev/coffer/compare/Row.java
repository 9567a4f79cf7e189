package dev.coffer.compare;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.Table;

/**
 * A row as a document stores it.
 *
 * @param line its line, in the form of its own side's table
 * @param secrets its line of opened sealed values; no bytes where they are closed or there are none
 */
@SuppressWarnings("ArrayRecordComponent") // compared and copied by nobody
public record Row(byte[] line, byte[] secrets) {

  /**
   * Reads the row, and its secrets where they are open.
   *
   * @param decoder of {@code table}
   * @param table the row's
   * @throws CofferException {@code BACKUP_DAMAGED} where the row is not what the schema says
   */
  public void read(RowDecoder decoder, Table table) {
    read(decoder, table, line, 0, line.length, secrets, 0, secrets.length);
  }

  /** The same of a row that stands among others: bounds are where it begins and ends. */
  public static void read(
      RowDecoder decoder,
      Table table,
      byte[] lines,
      int from,
      int to,
      byte[] secrets,
      int secretsFrom,
      int secretsTo) {
    try {
      decoder.read(lines, from, to);
      if (secretsTo > secretsFrom) {
        decoder.open(secrets, secretsFrom, secretsTo);
      }
    } catch (RowFormatException malformed) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "table " + table.logicalName() + ": a row is not what the schema says",
          "Use another copy of the file, or another backup; 'coffer verify' says more.",
          malformed);
    }
  }
}
