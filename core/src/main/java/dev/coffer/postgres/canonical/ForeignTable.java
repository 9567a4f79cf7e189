package dev.coffer.postgres.canonical;

import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that turn foreign rows of a table into the server's own: a temporary table takes
 * them in, with columns {@code c0}, {@code c1}, … of the right types, and gives them back.
 *
 * <p>A row whose primary key the table has takes some values from there: those that the foreign row
 * hides, and those that it says are equal but tells in another way ({@code 1.50} and {@code 1.5}
 * are one number, and one jsonb; some programs know instants to the millisecond only).
 *
 * @param columns stored columns, in order; the primary key's are among them, or there is none
 * @param hidden those that foreign rows may hide
 */
record ForeignTable(Table table, List<Column> columns, Set<String> hidden) {
  private static final String NAME = "coffer_rows";

  ForeignTable {
    columns = List.copyOf(columns);
    hidden = Set.copyOf(hidden);
  }

  static final String DROP = "DROP TABLE IF EXISTS pg_temp." + NAME;
  static final String TAKE_IN = "COPY pg_temp." + NAME + " FROM STDIN";

  String create() {
    List<String> selected = new ArrayList<>(List.of("NULL::pg_catalog.int8 AS n"));
    for (int i = 0; i < columns.size(); i++) {
      selected.add(Identifiers.quote(columns.get(i).name()) + " AS c" + i);
    }
    for (int i : hiddenPlaces()) {
      selected.add("NULL::pg_catalog.bool AS h" + i);
    }
    return "CREATE TEMPORARY TABLE %s ON COMMIT DELETE ROWS AS SELECT %s FROM ONLY %s WITH NO DATA"
        .formatted(NAME, String.join(", ", selected), table.name().sql());
  }

  /** The places of the columns that may be hidden, in order. */
  List<Integer> hiddenPlaces() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (hidden.contains(columns.get(i).name())) {
        places.add(i);
      }
    }
    return places;
  }

  /** Gives the rows back; before them, for each column that may be hidden, whether it stays so. */
  String giveBack() {
    boolean joined = joins();
    List<String> selected = new ArrayList<>();
    hiddenPlaces().forEach(i -> selected.add("r.h" + i + (joined ? " AND l.ctid IS NULL" : "")));
    for (int i = 0; i < columns.size(); i++) {
      selected.add(joined ? joined(i) : "r.c" + i);
    }
    String live = joined ? " LEFT JOIN ONLY " + table.name().sql() + " l ON " + sameKey() : "";
    return "COPY (SELECT %s FROM pg_temp.%s r%s ORDER BY r.n) TO STDOUT"
        .formatted(String.join(", ", selected), NAME, live);
  }

  private boolean joins() {
    return !table.primaryKey().isEmpty()
        && (!hidden.isEmpty() || columns.stream().anyMatch(column -> equal(column, 0).isPresent()));
  }

  private String sameKey() {
    List<String> names = columns.stream().map(Column::name).toList();
    return String.join(
        " AND ",
        table.primaryKey().stream()
            .map(name -> "l." + Identifiers.quote(name) + " = r.c" + names.indexOf(name))
            .toList());
  }

  private String joined(int place) {
    Column column = columns.get(place);
    String live = "l." + Identifiers.quote(column.name());
    List<String> conditions = new ArrayList<>();
    if (hidden.contains(column.name())) {
      conditions.add("r.h" + place);
    }
    equal(column, place).ifPresent(conditions::add);
    return conditions.isEmpty() || table.primaryKey().contains(column.name())
        ? "r.c" + place
        : "CASE WHEN l.ctid IS NOT NULL AND (%s) THEN %s ELSE r.c%d END"
            .formatted(String.join(" OR ", conditions), live, place);
  }

  /** When two values that need not look alike are the same, as far as the foreign one tells. */
  private static Optional<String> equal(Column column, int place) {
    String live = "l." + Identifiers.quote(column.name());
    String foreign = "r.c" + place;
    return switch (column.type()) {
      case "numeric" -> Optional.of(live + " = " + foreign);
      case "jsonb" ->
          Optional.of("%1$s = %2$s OR %2$s IS NULL AND %1$s = 'null'".formatted(live, foreign));
      case "json" -> Optional.of(live + "::pg_catalog.jsonb = " + foreign + "::pg_catalog.jsonb");
      case "timestamp without time zone",
          "timestamp with time zone",
          "timestamp(4) without time zone",
          "timestamp(4) with time zone",
          "timestamp(5) without time zone",
          "timestamp(5) with time zone",
          "timestamp(6) without time zone",
          "timestamp(6) with time zone" ->
          Optional.of(
              "%1$s > %2$s - interval '1 ms' AND %1$s < %2$s + interval '1 ms'"
                  .formatted(live, foreign));
      default -> Optional.empty();
    };
  }
}
