package dev.coffer.profile;

import java.util.LinkedHashSet;
import java.util.Set;

/** Where a rule looks. */
public sealed interface RuleScope {

  /** Every column of a type that the rule understands. */
  record Everywhere() implements RuleScope {}

  /** Only these columns; with none of them, nowhere. */
  record Columns(Set<ColumnName> columns) implements RuleScope {
    public Columns {
      columns = Set.copyOf(new LinkedHashSet<>(columns));
    }
  }

  /** Whether the rule looks at {@code column}, given that its type suits. */
  default boolean covers(ColumnName column) {
    return switch (this) {
      case Everywhere() -> true;
      case Columns(Set<ColumnName> columns) -> columns.contains(column);
    };
  }
}
