package dev.coffer.model;

import java.util.List;
import java.util.Optional;

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
 * @param ancestors the partitioned tables that the rows of a {@link Kind#PARTITION} are also rows
 *     of: its parent first, the root last; empty for all others. They hold no rows themselves and
 *     are in no list of tables, but foreign keys name them
 */
public record Table(
    QualifiedName name,
    String logicalName,
    Kind kind,
    List<Column> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    String fingerprintKey,
    List<QualifiedName> ancestors) {

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    ancestors = List.copyOf(ancestors);
  }

  /** A table that is no partition. */
  public Table(
      QualifiedName name,
      String logicalName,
      Kind kind,
      List<Column> columns,
      List<String> primaryKey,
      List<List<String>> uniqueKeys,
      String fingerprintKey) {
    this(name, logicalName, kind, columns, primaryKey, uniqueKeys, fingerprintKey, List.of());
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

  /** The partitioned table that this is a partition of, directly. */
  public Optional<QualifiedName> partitionOf() {
    return ancestors.stream().findFirst();
  }

  /** The partitioned table at the top; the table's own name where it is no partition. */
  public QualifiedName root() {
    return ancestors.isEmpty() ? name : ancestors.getLast();
  }

  /** Whether the table's rows are rows of {@code relation}: itself, its parent, … or the root. */
  public boolean isPartOf(QualifiedName relation) {
    return name.equals(relation) || ancestors.contains(relation);
  }

  public List<Column> sealedColumns() {
    return columns.stream().filter(Column::sealed).toList();
  }
}
