package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.postgres.read.ServerEquality.ValueType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows of which types equal values have equal texts, and as what others are compared. */
final class TextEquality {
  private static final Set<String> ALONE =
      Set.of(
          "boolean",
          "uuid",
          "bytea",
          "\"char\"",
          "oid",
          "real",
          "double precision",
          "money",
          "date",
          "timestamp without time zone",
          "timestamp with time zone",
          "time without time zone",
          "time with time zone",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "\"bit\"",
          "bit varying",
          "pg_lsn",
          "xid8");

  /**
   * Sets of types whose values are compared as those of the first, which all of them fit into. None
   * with {@code timestamptz}: which of the others is equal depends on each session's time zone.
   */
  private static final List<List<String>> WIDER =
      List.of(List.of("inet", "cidr"), List.of("timestamp without time zone", "date"));

  private TextEquality() {}

  /** A column and what its values are compared as. */
  record Typed(Column column, ValueType type) {}

  /**
   * Whether values of the columns are equal exactly when their canonical texts are.
   *
   * @param columns that are compared with each other, or one
   */
  static boolean decides(Collection<Typed> columns) {
    Set<Optional<String>> groups = new HashSet<>();
    columns.forEach(column -> groups.add(group(column)));
    return groups.size() <= 1 && !groups.contains(Optional.<String>empty());
  }

  /** Types of one group have texts in common; empty where texts do not decide. */
  private static Optional<String> group(Typed typed) {
    ValueType type = typed.type();
    String name = type.name();
    return switch (name) {
      case "smallint", "integer", "bigint", "numeric" -> Optional.of("number");
      case "text", "character varying", "name" ->
          type.deterministic() ? Optional.of("text") : Optional.empty();
      case "bpchar" ->
          type.deterministic() && KeyText.isPadded(typed.column())
              ? Optional.of(name)
              : Optional.empty();
      default -> type.enumeration() || ALONE.contains(name) ? Optional.of(name) : Optional.empty();
    };
  }

  /** As what the server compares values of all these columns; empty where no one type does. */
  static Optional<ValueType> common(Collection<Typed> columns) {
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.type().name()));
    Optional<String> name =
        names.size() == 1
            ? names.stream().findFirst()
            : WIDER.stream()
                .filter(types -> types.containsAll(names))
                .map(List::getFirst)
                .filter(names::contains)
                .findFirst();
    List<ValueType> types = columns.stream().map(Typed::type).distinct().toList();
    boolean oneRule =
        types.stream().allMatch(ValueType::deterministic)
            || types.stream().map(ValueType::collation).distinct().count() == 1;
    return name.filter(any -> oneRule)
        .flatMap(wide -> types.stream().filter(type -> type.name().equals(wide)).findFirst());
  }
}
