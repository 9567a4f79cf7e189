package dev.coffer.restore.record;

import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds rows of a table in chunks by the values of some columns. For one thread. */
public final class ValueSearch {
  private final Table table;
  private final Set<String> names;
  private final Map<String, String> wanted;
  private final ByteSearch search = new ByteSearch(Spelling.OF_TEXTS);
  private final RowValues values = new RowValues();

  private ValueSearch(Table table, List<String> columns, Key key) {
    this.table = table;
    names = Set.copyOf(columns);
    wanted = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      wanted.put(columns.get(i), key.values().get(i));
    }
    search.add(Probe.of(table, columns), List.of(key));
  }

  /**
   * Looks for values as PostgreSQL writes them.
   *
   * @param columns of the table, each once; empty where these are not its own, or sealed, or not as
   *     many as {@code texts}
   */
  public static Optional<ValueSearch> of(Table table, List<String> columns, List<String> texts) {
    boolean fits =
        !columns.isEmpty()
            && columns.size() == texts.size()
            && new HashSet<>(columns).size() == columns.size();
    List<String> canonical = new ArrayList<>();
    for (int i = 0; fits && i < columns.size(); i++) {
      String name = columns.get(i);
      Optional<Column> column =
          table.storedColumns().stream()
              .filter(each -> each.name().equals(name) && !each.sealed())
              .findFirst();
      fits = column.isPresent();
      if (fits) {
        canonical.add(KeyText.canonical(column.get(), texts.get(i)));
      }
    }
    return fits
        ? Optional.of(new ValueSearch(table, columns, new Key(canonical)))
        : Optional.empty();
  }

  /** Points at every row that has the values, and perhaps at others. */
  public int[] places(byte[] text, int length) {
    return search.places(text, length);
  }

  /** Whether a row has the values. */
  public boolean fits(RowDecoder row) {
    return Spelling.OF_TEXTS.of(table, values.of(table, row, names)).equals(wanted);
  }
}
