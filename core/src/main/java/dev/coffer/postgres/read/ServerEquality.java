package dev.coffer.postgres.read;

import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks a server which texts stand for equal values, as its unique indexes and foreign keys see them
 * (PostgreSQL manual, "Index Methods and Operator Classes", "Nondeterministic Collations"). Uses a
 * snapshot's first reader; for one thread.
 */
public final class ServerEquality {

  private static final String TYPES =
      """
      WITH RECURSIVE typed AS (
        SELECT n.nspname, c.relname, a.attname, a.atttypid AS type, a.attcollation AS collation
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        UNION ALL
        SELECT d.nspname, d.relname, d.attname, t.typbasetype, d.collation
        FROM typed d JOIN pg_catalog.pg_type t ON t.oid = d.type WHERE t.typtype = 'd')
      SELECT d.nspname, d.relname, d.attname, format_type(t.oid, -1), t.typtype = 'e',
             coalesce(quote_ident(cn.nspname) || '.' || quote_ident(co.collname), ''),
             coalesce((to_jsonb(co) ->> 'collisdeterministic')::bool, true)
      FROM typed d JOIN pg_catalog.pg_type t ON t.oid = d.type AND t.typtype <> 'd'
      LEFT JOIN pg_catalog.pg_collation co ON co.oid = d.collation
      LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
      """;

  private static final String OPERATOR =
      """
      WITH RECURSIVE base AS (
        SELECT t.oid, t.typtype, t.typbasetype FROM pg_catalog.pg_type t WHERE t.oid = to_regtype(?)
        UNION ALL
        SELECT t.oid, t.typtype, t.typbasetype
        FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.typbasetype WHERE b.typtype = 'd')
      SELECT 'OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')'
      FROM base b
      JOIN pg_catalog.pg_opclass c ON c.opcintype = b.oid AND c.opcdefault
      JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
      JOIN pg_catalog.pg_amop e ON e.amopfamily = c.opcfamily AND e.amoplefttype = b.oid
        AND e.amoprighttype = b.oid AND e.amopstrategy = 3
      JOIN pg_catalog.pg_operator o ON o.oid = e.amopopr
      JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
      """;

  private ServerEquality() {}

  /**
   * What a column's values are compared as.
   *
   * @param name the type under all domains, as {@code format_type} writes it without a length
   * @param enumeration whether the user made it by {@code CREATE TYPE … AS ENUM}
   * @param collation as SQL; empty where the type has none
   * @param deterministic false where the collation finds texts equal that differ
   */
  public record ValueType(
      String name, boolean enumeration, String collation, boolean deterministic) {}

  /** The types of all columns, by the names of table and column. */
  public static Map<QualifiedName, Map<String, ValueType>> types(SharedSnapshot snapshot) {
    Map<QualifiedName, Map<String, ValueType>> types = new HashMap<>();
    try (Statement statement = snapshot.reader(0).createStatement();
        ResultSet row = statement.executeQuery(TYPES)) {
      while (row.next()) {
        types
            .computeIfAbsent(
                new QualifiedName(row.getString(1), row.getString(2)), any -> new HashMap<>())
            .put(
                row.getString(3),
                new ValueType(
                    row.getString(4), row.getBoolean(5), row.getString(6), row.getBoolean(7)));
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot read the types of columns");
    }
    return types;
  }

  /**
   * For each text that is equal to one that comes before it: the first such text.
   *
   * @return empty where the server cannot compare them, for one is none of the type's, or the type
   *     has no order
   */
  public static Optional<Map<String, String>> first(
      SharedSnapshot snapshot, ValueType type, Collection<String> texts) {
    String collate = type.collation().isEmpty() ? "" : " COLLATE " + type.collation();
    String sql =
        """
        SELECT t, f FROM (
          SELECT t, first_value(t) OVER (PARTITION BY v ORDER BY n) AS f FROM (
            SELECT x.t, x.n, x.t::%s%s AS v
            FROM unnest(?) WITH ORDINALITY AS x (t, n)) typed) told
        WHERE t COLLATE "C" <> f COLLATE "C"
        """
            .formatted(type.name(), collate);
    Connection connection = snapshot.reader(0);
    try {
      execute(connection, "SAVEPOINT coffer_equality");
      try {
        Map<String, String> first = ask(connection, sql, texts);
        execute(connection, "RELEASE SAVEPOINT coffer_equality");
        return Optional.of(first);
      } catch (SQLException failure) {
        if (!cannotCompare(failure)) {
          throw failure;
        }
        execute(connection, "ROLLBACK TO SAVEPOINT coffer_equality");
        execute(connection, "RELEASE SAVEPOINT coffer_equality");
        return Optional.empty();
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot compare values of type " + type.name());
    }
  }

  private static Map<String, String> ask(
      Connection connection, String sql, Collection<String> texts) throws SQLException {
    Map<String, String> first = new HashMap<>();
    Array array = connection.createArrayOf("text", texts.toArray());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          first.put(row.getString(1), row.getString(2));
        }
      }
    } finally {
      array.free();
    }
    return first;
  }

  /** Data that is none of the type's (22), or what the type or the user lacks (42, 0A). */
  private static boolean cannotCompare(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return state.startsWith("22") || state.startsWith("42") || state.startsWith("0A");
  }

  /** The operator by which a unique index on values of a type compares them, as SQL. */
  static String operator(Connection connection, String type) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPERATOR)) {
      statement.setString(1, type);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "=";
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
