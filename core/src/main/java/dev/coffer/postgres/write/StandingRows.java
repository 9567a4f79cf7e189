package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a live table beside which new ones cannot stand, by its unique indexes, those on an
 * expression or on some of the rows too, and by its exclusion constraints. Computed columns are not
 * known of new rows, so what is about these is not found. Reads only.
 */
final class StandingRows {
  private final Connection connection;
  private final LiveTable table;
  private final List<Rule> rules;
  private final Map<String, String> operators;

  /** What no two rows may share: expressions, with the operators that compare them. */
  private record Rule(String name, String predicate, List<Part> parts) {
    /** Rows with the same key are the same row. */
    boolean isAbout(List<String> key) {
      return predicate.equals("true")
          && key.containsAll(
              parts.stream().map(part -> part.expression().replace("\"", "")).toList())
          && parts.size() == key.size();
    }
  }

  private record Part(String expression, String operator) {}

  StandingRows(Connection connection, LiveTable table) throws SQLException {
    this.connection = connection;
    this.table = table;
    rules = rules();
    operators = KeyOperators.of(connection, table.oid());
  }

  private List<Rule> rules() throws SQLException {
    Map<String, Rule> found = new LinkedHashMap<>();
    Map<String, Integer> expected = new LinkedHashMap<>();
    Sql.list(
        connection,
        """
        SELECT ci.relname, i.indnkeyatts,
               coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), 'true') AS predicate,
               pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false) AS expression,
               'OPERATOR(' || pg_catalog.quote_ident(s.nspname) || '.' || o.oprname || ')' AS operator
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class ci ON ci.oid = i.indexrelid
        LEFT JOIN pg_catalog.pg_constraint x ON x.conindid = i.indexrelid AND x.contype = 'x'
        CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts) AS k (n)
        JOIN pg_catalog.pg_opclass c ON c.oid = i.indclass[k.n - 1]
        LEFT JOIN pg_catalog.pg_amop p ON p.amopfamily = c.opcfamily AND p.amopstrategy = 3
          AND p.amoplefttype = c.opcintype AND p.amoprighttype = c.opcintype
        JOIN pg_catalog.pg_operator o
          ON o.oid = CASE WHEN x.oid IS NULL THEN p.amopopr ELSE x.conexclop[k.n] END
        JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
        WHERE i.indrelid = %d AND i.indisvalid AND (i.indisunique OR i.indisexclusion)
        ORDER BY ci.relname, k.n
        """
            .formatted(table.oid()),
        row -> {
          String name = row.getString(1);
          expected.put(name, row.getInt(2));
          Part part = new Part(row.getString("expression"), row.getString("operator"));
          Rule rule = new Rule(name, row.getString("predicate"), new ArrayList<>());
          return found.computeIfAbsent(name, any -> rule).parts().add(part);
        });
    return found.values().stream()
        .filter(rule -> rule.parts().size() == expected.getOrDefault(rule.name(), -1))
        .toList();
  }

  /**
   * Finds the rows that stay and are in the way.
   *
   * @param key columns that tell rows apart
   * @param rows new ones, a JSON array of objects by the columns' names
   * @param going the keys of live rows that do not stay, a JSON array of arrays
   */
  List<InTheWay> of(List<String> key, String rows, String going) throws SQLException {
    List<InTheWay> found = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.isAbout(key)) {
        continue;
      }
      found.addAll(
          Sql.list(
              connection,
              query(rule, key, rows, going),
              row -> new InTheWay(rule.name(), row.getInt(1) - 1, row.getString(2))));
    }
    return found;
  }

  private String query(Rule rule, List<String> key, String rows, String going) {
    String name = table.name().sql();
    String columns =
        table.columns().stream()
            .map(column -> Identifiers.quote(column.name()))
            .collect(Collectors.joining(", "));
    String expressions =
        list(rule.parts().size(), i -> "(" + rule.parts().get(i).expression() + ") AS e" + i);
    String keys = list(key.size(), i -> Identifiers.quote(key.get(i)) + " AS k" + i);
    String equal =
        IntStream.range(0, rule.parts().size())
            .mapToObj(i -> "t.e%d %s s.e%d".formatted(i, rule.parts().get(i).operator(), i))
            .collect(Collectors.joining(" AND "));
    String gone =
        IntStream.range(0, key.size())
            .mapToObj(i ->
                "(g.j ->> %d)::%s %s t.k%d"
                    .formatted(i, type(key.get(i)), operators.getOrDefault(key.get(i), "="), i))
            .collect(Collectors.joining(" AND "));
    return "SELECT s.coffer_n, json_build_array("
        + list(key.size(), i -> "t.k" + i)
        + ")::text FROM (SELECT coffer_n, "
        + expressions
        + " FROM ROWS FROM (json_populate_recordset(NULL::"
        + name
        + ", "
        + Identifiers.literal(rows)
        + ")) WITH ORDINALITY AS new_rows ("
        + columns
        + ", coffer_n) WHERE "
        + rule.predicate()
        + ") AS s JOIN (SELECT "
        + keys
        + ", "
        + expressions
        + " FROM ONLY "
        + name
        + " WHERE "
        + rule.predicate()
        + ") AS t ON "
        + equal
        + " WHERE NOT EXISTS (SELECT FROM json_array_elements("
        + Identifiers.literal(going)
        + ") AS g (j) WHERE "
        + gone
        + ") ORDER BY 1, 2";
  }

  private static String list(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(", "));
  }

  private String type(String column) {
    return table.columns().stream()
        .filter(found -> found.name().equals(column))
        .map(LiveTable.LiveColumn::type)
        .findFirst()
        .orElseThrow();
  }
}
