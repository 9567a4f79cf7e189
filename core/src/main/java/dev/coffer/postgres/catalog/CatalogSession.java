package dev.coffer.postgres.catalog;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection prepared for catalog queries, and what version of PostgreSQL answers them. */
final class CatalogSession {

  /** Schemas of users; the namespace goes by the alias {@code n}. */
  static final String USER_SCHEMA = " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ";

  /** The first object identifier that initdb never gives out (FirstNormalObjectId). */
  static final int FIRST_USER_OID = 16384;

  private final Connection connection;
  private final int version;
  private final boolean recovery;

  private CatalogSession(Connection connection, int version, boolean recovery) {
    this.connection = connection;
    this.version = version;
    this.recovery = recovery;
  }

  /**
   * Makes names print qualified and values print alike everywhere (as pg_dump does), for the
   * current transaction only.
   */
  static CatalogSession open(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SET LOCAL search_path = '';
          SET LOCAL datestyle = 'ISO';
          SET LOCAL intervalstyle = 'postgres';
          SET LOCAL timezone = 'UTC';
          SET LOCAL extra_float_digits = 3;
          SET LOCAL quote_all_identifiers = off;
          SET LOCAL jit = off
          """);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('server_version_num')::int / 10000, pg_is_in_recovery()")) {
      row.next();
      return new CatalogSession(connection, row.getInt(1), row.getBoolean(2));
    }
  }

  /** The server's major version. */
  int version() {
    return version;
  }

  /** Whether the server is a standby, which cannot read what is not logged. */
  boolean recovery() {
    return recovery;
  }

  /** The SQL for this server: {@code then} from the given version on, {@code before} earlier. */
  String since(int firstVersion, String then, String before) {
    return version >= firstVersion ? then : before;
  }

  /** The condition that an object is no extension's member. */
  static String notMember(String catalog, String oid) {
    return " NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '"
        + catalog
        + "'::regclass AND e.objid = "
        + oid
        + " AND e.objsubid = 0 AND e.deptype = 'e') ";
  }

  /** Turns one row of a catalog query into a value. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, RowMapper<T> mapper) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setFetchSize(0);
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
          result.add(mapper.map(rows));
        }
        return result;
      }
    }
  }

  /**
   * As {@link #list}, but without keeping the locks that the query takes: they would stay until the
   * transaction ends, and the server has room for a limited number.
   */
  <T> List<T> listWithoutLocks(String sql, RowMapper<T> mapper) throws SQLException {
    Savepoint before = connection.setSavepoint();
    List<T> result = list(sql, mapper);
    connection.rollback(before);
    connection.releaseSavepoint(before);
    return result;
  }

  /**
   * The objects that a query describes by its columns {@code oid}, {@code name}, {@code target} and
   * {@code sql}.
   */
  List<CatalogObject> objects(ObjectKind kind, String catalog, String sql) throws SQLException {
    return list(
        sql,
        row ->
            new CatalogObject(
                new ObjectId(catalog, row.getLong("oid")),
                kind,
                text(row, "name"),
                text(row, "target"),
                text(row, "sql")));
  }

  /**
   * A text that has to be there. The server's own {@code pg_get_…def} functions look at the present
   * and not at the snapshot: they give null for what was dropped meanwhile.
   */
  static String text(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    if (value == null) {
      throw new CofferException(
          ErrorCode.DATABASE_CHANGED,
          "an object was dropped or altered while the catalog was read (" + column + ")",
          "Run the backup again when no migration is running.");
    }
    return value;
  }

  /** A text, or the empty string for null. */
  static String optionalText(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    return value == null ? "" : value;
  }

  /** An array of texts; empty for null. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    @Nullable Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
