package dev.coffer.postgres.read;

import dev.coffer.model.Table;

/**
 * A stretch of a table's heap that one connection reads.
 *
 * @param table its place among the tables to read
 * @param fromPage first page
 * @param toPage page after the last one; {@link #OPEN} for whatever follows
 * @param wholeTable whether it is the table's only range
 * @param condition a {@code WHERE} clause, for a table of an extension whose own rows come with the
 *     extension; then it is the table's only range
 */
public record TableRange(
    int table, Table source, long fromPage, long toPage, boolean wholeTable, String condition) {
  public static final long OPEN = Long.MAX_VALUE;
}
