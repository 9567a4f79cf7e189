package dev.coffer.restore.record;

import dev.coffer.model.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code child} belong to the rows of {@code parent} whose target columns have the same
 * values.
 *
 * @param name of the constraint; for other kinds a description
 */
public record Relation(
    Kind kind,
    String name,
    Table child,
    List<String> columns,
    Table parent,
    List<String> targetColumns) {

  /** What says that rows are tied. */
  public enum Kind {
    FOREIGN_KEY,
    /** The profile declares it; the database does not hold it. */
    LINK,
    /** The profile says that rows follow a record by a value, such as an e-mail address. */
    FOLLOWED
  }

  public Relation {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }

  /** Each is its own: tables are large to compare, and there is one instance for each relation. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  boolean sameColumnsAs(Relation other) {
    return child.name().equals(other.child.name())
        && parent.name().equals(other.parent.name())
        && columns.equals(other.columns)
        && targetColumns.equals(other.targetColumns);
  }
}
