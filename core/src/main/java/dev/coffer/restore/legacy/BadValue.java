package dev.coffer.restore.legacy;

/**
 * A value of a legacy file that the database cannot take. Says which, never what it is.
 *
 * @param row its number in the table, from 1
 * @param column its key in the file; empty where it is not known
 */
public record BadValue(String table, long row, String column, String problem) {

  /** {@code sales, row 12, totalPlanCost} */
  String place() {
    return table + ", row " + row + (column.isEmpty() ? "" : ", " + column);
  }
}
