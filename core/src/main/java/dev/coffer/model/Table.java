package dev.coffer.model;

import java.util.List;

/**
 * A table whose rows a backup holds.
 *
 * @param logicalName its key under {@code tables} in the document, unique there
 * @param columns in the catalog's order, without dropped ones; computed ones are included
 * @param primaryKey column names; empty where there is none
 * @param uniqueKeys column names of each unique constraint or plain unique index on columns, not
 *     the primary key
 * @param fingerprintKey the key that holds the sealed values' fingerprint in each row; empty where
 *     no column is sealed
 */
public record Table(
    QualifiedName name,
    String logicalName,
    Kind kind,
    List<Column> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    String fingerprintKey) {

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
  }

  /** What stores the rows. */
  public enum Kind {
    TABLE,
    PARTITION,
    UNLOGGED,
    /** All of the database's large objects, as pages: not a table of the catalog's. */
    LARGE_OBJECTS
  }

  /** The columns that rows in the document hold, in order. */
  public List<Column> storedColumns() {
    return columns.stream().filter(column -> !column.generation().computed()).toList();
  }

  public List<Column> sealedColumns() {
    return columns.stream().filter(Column::sealed).toList();
  }
}
