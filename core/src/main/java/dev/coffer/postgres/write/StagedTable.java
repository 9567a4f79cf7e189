package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The changes of one table on the server, in temporary tables that go with the transaction:
 *
 * <ul>
 *   <li>{@code keys}: which rows are meant, by number and key;
 *   <li>{@code found}: where each of these stands;
 *   <li>{@code rows}: what is to stand there, by number;
 *   <li>{@code kept}: values that stay although their row is written anew;
 *   <li>{@code written}: where the rows stand that were written.
 * </ul>
 *
 * <p>A domain's column is staged as text: its constraints are for rows, not for places that are
 * still empty.
 */
public final class StagedTable {
  private final Connection connection;
  private final LiveTable live;
  private final Shape shape;
  private final String suffix;
  private final Map<String, LiveTable.LiveColumn> columns = new HashMap<>();
  private final Map<String, String> operators;

  /**
   * What is known of the changes beforehand.
   *
   * @param read the columns that make up a row as it is compared, in order
   * @param key columns that tell rows apart; empty where rows are found in another way
   * @param supplied the columns that rows give, in order
   * @param keepable those of {@code supplied} that a row may leave as they are
   */
  public record Shape(
      List<String> read, List<String> key, List<String> supplied, List<String> keepable) {
    public Shape {
      read = List.copyOf(read);
      key = List.copyOf(key);
      supplied = List.copyOf(supplied);
      keepable = List.copyOf(keepable);
    }
  }

  private StagedTable(
      Connection connection,
      LiveTable live,
      Shape shape,
      int number,
      Map<String, String> operators) {
    this.connection = connection;
    this.live = live;
    this.shape = shape;
    this.operators = operators;
    suffix = "_" + number;
    live.columns().forEach(column -> columns.put(column.name(), column));
  }

  static StagedTable create(Connection connection, LiveTable live, Shape shape, int number)
      throws SQLException {
    StagedTable staged =
        new StagedTable(connection, live, shape, number, KeyOperators.of(connection, live.oid()));
    staged.create();
    return staged;
  }

  private void create() throws SQLException {
    List<String> keys = new ArrayList<>(List.of("NULL::int8 AS n"));
    for (int i = 0; i < shape.key.size(); i++) {
      keys.add(empty(shape.key.get(i)) + " AS k" + i);
    }
    List<String> rows = new ArrayList<>(List.of("NULL::int8 AS n", "NULL::bool AS existing"));
    for (int i = 0; i < shape.keepable.size(); i++) {
      rows.add("NULL::bool AS keep" + i);
    }
    for (int i = 0; i < shape.supplied.size(); i++) {
      rows.add(empty(shape.supplied.get(i)) + " AS c" + i);
    }
    String from = " FROM ONLY " + live.name().sql() + " AS t WITH NO DATA";
    makeTable("keys", "SELECT " + String.join(", ", keys) + from);
    makeTable("rows", "SELECT " + String.join(", ", rows) + from);
    makeTable("found", "SELECT NULL::int8 AS n, NULL::tid AS tid WHERE false");
  }

  private String empty(String column) {
    return isDomain(column) ? "NULL::text" : "t." + Identifiers.quote(column);
  }

  private boolean isDomain(String column) {
    LiveTable.LiveColumn found = columns.get(column);
    return found != null && found.domain();
  }

  private String type(String column) {
    LiveTable.LiveColumn found = columns.get(column);
    if (found == null) {
      throw new IllegalArgumentException("no column " + column);
    }
    return found.type();
  }

  private void makeTable(String role, String query) throws SQLException {
    Sql.execute(
        connection, "CREATE TEMP TABLE coffer_" + role + suffix + " ON COMMIT DROP AS " + query);
  }

  private String temp(String role) {
    return "pg_temp.coffer_" + role + suffix;
  }

  private String cannot(String what) {
    return "cannot " + what + " table " + live.name().sql();
  }

  /** Takes {@code n} and the key's values. */
  public CopyWriter keys() {
    return new CopyWriter(
        connection, "COPY " + temp("keys") + " FROM STDIN", cannot("stage the keys of"));
  }

  /** Takes {@code n} and a place ({@code (page,item)}), where rows are not found by key. */
  public CopyWriter places() {
    return new CopyWriter(
        connection, "COPY " + temp("found") + " FROM STDIN", cannot("stage the places of"));
  }

  /** Takes {@code n}, whether the row exists, what each keepable column keeps, and the values. */
  public CopyWriter rows() {
    return new CopyWriter(
        connection, "COPY " + temp("rows") + " FROM STDIN", cannot("stage the rows of"));
  }

  /** Looks for the rows with the staged keys. */
  public void find() {
    ApplyErrors.telling(
        cannot("find rows of"),
        () -> {
          Sql.execute(connection, "ANALYZE " + temp("keys"));
          String join =
              IntStream.range(0, shape.key.size())
                  .mapToObj(i -> equal(shape.key.get(i), "k.k" + i))
                  .collect(Collectors.joining(" AND "));
          return Sql.execute(
              connection,
              "INSERT INTO %s SELECT k.n, t.ctid FROM %s AS k JOIN ONLY %s AS t ON %s"
                  .formatted(temp("found"), temp("keys"), live.name().sql(), join));
        });
  }

  private String equal(String column, String staged) {
    String value = isDomain(column) ? staged + "::" + type(column) : staged;
    return "t."
        + Identifiers.quote(column)
        + " "
        + operators.getOrDefault(column, "=")
        + " "
        + value;
  }

  /** The rows that were found, each behind its number, by number. */
  public CopyReader readFound() {
    return new CopyReader(
        connection, at("found") + " ORDER BY p.n", cannot("read the rows to be changed in"));
  }

  /** All rows of the table, each behind its place. */
  public CopyReader readAll() {
    return new CopyReader(
        connection,
        "SELECT t.ctid" + readColumns() + " FROM ONLY " + live.name().sql() + " AS t",
        cannot("read"));
  }

  /** The rows that were written, each behind its number, by number. */
  public CopyReader readWritten() {
    return new CopyReader(
        connection, at("written") + " ORDER BY p.n", cannot("read back the rows of"));
  }

  private String at(String role) {
    return "SELECT p.n%s FROM %s AS p JOIN ONLY %s AS t ON t.ctid = p.tid"
        .formatted(readColumns(), temp(role), live.name().sql());
  }

  private String readColumns() {
    return shape.read.isEmpty() ? "" : ", " + Sql.columns(shape.read, "t");
  }

  /**
   * How many rows the table has, and how many of them may be newer than a transaction.
   *
   * @param oldest a transaction's number, 32 bits
   */
  public Counts count(long oldest) {
    return ApplyErrors.telling(
        cannot("count the rows of"),
        () ->
            Sql.one(
                connection,
                "SELECT count(*), count(*) FILTER (WHERE %s) FROM (SELECT xmin FROM ONLY %s %s) AS t"
                    .formatted(since(oldest), live.name().sql(), condition()),
                row -> new Counts(row.getLong(1), row.getLong(2))));
  }

  /** Rows of a table, and those that may be new. */
  public record Counts(long all, long maybeNew) {}

  /** Those rows that may be newer than a transaction and are not among those found. */
  public CopyReader readMaybeNew(long oldest) {
    String columns = readColumns().isEmpty() ? "" : readColumns().substring(2);
    return new CopyReader(
        connection,
        "SELECT %s FROM (SELECT *, ctid, xmin FROM ONLY %s %s) AS t WHERE %s AND NOT EXISTS (SELECT FROM %s AS f WHERE f.tid = t.ctid)"
            .formatted(
                columns,
                live.name().sql(),
                ApplyErrors.telling(cannot("read the new rows of"), this::condition),
                since(oldest),
                temp("found")),
        cannot("read the new rows of"));
  }

  /**
   * Which rows a backup holds: of an extension's configuration table only the user's own
   * (PostgreSQL manual, "Extension Configuration Tables").
   */
  private String condition() throws SQLException {
    return Sql.one(
        connection,
        """
        SELECT coalesce(min(config.condition), '')
        FROM pg_catalog.pg_extension x
        CROSS JOIN LATERAL ROWS FROM (
          pg_catalog.unnest(x.extconfig), pg_catalog.unnest(x.extcondition)
        ) AS config (id, condition)
        WHERE config.id = %d
        """
            .formatted(live.oid()),
        row -> row.getString(1));
  }

  /** An age is counted modulo 2^32: of what was frozen long ago it is more than this. */
  static String since(long oldest) {
    return "age(t.xmin) BETWEEN 0 AND age('" + (oldest & 0xffffffffL) + "'::xid)";
  }

  /** Puts aside what is to stay of the rows that were found. */
  public void keep() {
    List<String> kept = kept();
    if (!kept.isEmpty()) {
      ApplyErrors.telling(
          cannot("keep values of"),
          () -> {
            makeTable(
                "kept",
                "SELECT f.n, %s FROM %s AS f JOIN ONLY %s AS t ON t.ctid = f.tid"
                    .formatted(Sql.columns(kept, "t"), temp("found"), live.name().sql()));
            return 0;
          });
    }
  }

  private List<String> kept() {
    List<String> kept = new ArrayList<>(shape.keepable);
    kept.addAll(unknown());
    return kept;
  }

  /** The columns that no row gives. */
  private List<String> unknown() {
    return live.columns().stream()
        .filter(column -> !column.computed() && !shape.supplied.contains(column.name()))
        .map(LiveTable.LiveColumn::name)
        .toList();
  }

  /**
   * Deletes the rows that were found, and says how many. For none, nothing is asked of the server:
   * it refuses even that where the table is published without a replica identity.
   */
  public long delete() {
    return ApplyErrors.telling(
        cannot("delete from"),
        () -> {
          if (!Sql.truth(connection, "SELECT EXISTS (SELECT FROM " + temp("found") + ")")) {
            return 0L;
          }
          return Sql.execute(
              connection,
              "DELETE FROM ONLY %s AS t USING %s AS f WHERE t.ctid = f.tid"
                  .formatted(live.name().sql(), temp("found")));
        });
  }

  /** Inserts the staged rows, and says how many. */
  public long insert() {
    return ApplyErrors.telling(
        cannot("insert into"),
        () -> {
          List<String> unknown = unknown();
          if (unknown.isEmpty()) {
            return insert(List.of(), "");
          }
          return insert(unknown, " WHERE r.existing") + insert(List.of(), " WHERE NOT r.existing");
        });
  }

  private long insert(List<String> unknown, String where) throws SQLException {
    List<String> targets = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < shape.supplied.size(); i++) {
      String column = shape.supplied.get(i);
      String value = "r.c" + i + (isDomain(column) ? "::" + type(column) : "");
      int keep = shape.keepable.indexOf(column);
      targets.add(Identifiers.quote(column));
      values.add(
          keep < 0
              ? value
              : "CASE WHEN r.keep%d THEN k.%s ELSE %s END"
                  .formatted(keep, Identifiers.quote(column), value));
    }
    for (String column : unknown) {
      targets.add(Identifiers.quote(column));
      values.add("k." + Identifiers.quote(column));
    }
    String into = "INSERT INTO " + live.name().sql();
    String from = temp("rows") + " AS r";
    if (!kept().isEmpty()) {
      from += " LEFT JOIN " + temp("kept") + " AS k USING (n)";
    }
    if (targets.isEmpty()) {
      return insertEmptyRows(into, from);
    }
    return Sql.execute(
        connection,
        "%s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s%s ORDER BY n"
            .formatted(into, String.join(", ", targets), String.join(", ", values), from, where));
  }

  /** Rows without a column that could be given. */
  private long insertEmptyRows(String into, String from) throws SQLException {
    long rows = Sql.number(connection, "SELECT count(*) FROM " + from);
    for (long i = 0; i < rows; i++) {
      Sql.execute(connection, into + " DEFAULT VALUES");
    }
    return rows;
  }

  /** Looks where the rows stand that were written: by key, or by who wrote them. */
  public void locateWritten() {
    ApplyErrors.telling(
        cannot("find the written rows of"),
        () -> {
          String query;
          if (shape.key.isEmpty()) {
            query =
                "SELECT row_number() OVER () AS n, t.ctid AS tid FROM ONLY %s AS t"
                    + " WHERE t.xmin = pg_current_xact_id()::xid";
            query = query.formatted(live.name().sql());
          } else {
            String join =
                shape.key.stream()
                    .map(column -> equal(column, "r.c" + shape.supplied.indexOf(column)))
                    .collect(Collectors.joining(" AND "));
            Sql.execute(connection, "ANALYZE " + temp("rows"));
            query =
                "SELECT r.n, t.ctid AS tid FROM %s AS r JOIN ONLY %s AS t ON %s"
                    .formatted(temp("rows"), live.name().sql(), join);
          }
          makeTable("written", query);
          return Sql.execute(connection, "ANALYZE " + temp("written"));
        });
  }

  LiveTable live() {
    return live;
  }

  String found() {
    return temp("found");
  }

  String written() {
    return temp("written");
  }

  /** The name of a temporary table of this table's. */
  String table(String role) {
    return temp(role);
  }

  void make(String role, String query) throws SQLException {
    makeTable(role, query);
  }

  Map<String, String> operators() {
    return operators;
  }
}
