package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;
import static dev.coffer.postgres.catalog.CatalogSession.optionalText;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tables, partitioned and foreign ones too. A partition is made as a table of its own and attached
 * afterwards, because its columns may be in another order than its parent's.
 */
final class TableStatements {

  /** The options of a relation or an index in {@code WITH (…)}, from an array of {@code a=b}. */
  static String options(String array, String prefix) {
    return """
    (SELECT string_agg('%2$s' || quote_ident(option_name) || '=' || quote_literal(option_value), ', ')
     FROM pg_options_to_table(%1$s))
    """
        .formatted(array, prefix);
  }

  private final Map<Long, List<TableColumns.Definition>> columns;
  private final Map<Long, List<TableConstraints.Definition>> constraints;
  private final List<CatalogObject> objects = new ArrayList<>();

  private TableStatements(
      Map<Long, List<TableColumns.Definition>> columns,
      Map<Long, List<TableConstraints.Definition>> constraints) {
    this.columns = columns;
    this.constraints = constraints;
  }

  static List<CatalogObject> read(
      CatalogSession session, Map<Long, List<TableColumns.Definition>> columns)
      throws SQLException {
    TableStatements statements = new TableStatements(columns, TableConstraints.read(session));
    session.list(
        """
        SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.relpersistence,
               c.relispartition,
               CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS of_type,
               CASE WHEN m.amname <> 'heap' THEN quote_ident(m.amname) END AS method,
               concat_ws(', ', %1$s, %2$s) AS options,
               CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
               pg_get_expr(c.relpartbound, c.oid) AS bound,
               (SELECT array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno)
                FROM pg_inherits i WHERE i.inhrelid = c.oid) AS parents,
               (SELECT i.inhparent FROM pg_inherits i
                WHERE i.inhrelid = c.oid AND c.relispartition) AS parent,
               c.relreplident, c.relrowsecurity, c.relforcerowsecurity,
               (SELECT quote_ident(v.srvname) FROM pg_foreign_table f
                JOIN pg_foreign_server v ON v.oid = f.ftserver WHERE f.ftrelid = c.oid)
                 AS server,
               (SELECT string_agg(quote_ident(o.option_name) || ' '
                         || quote_literal(o.option_value), ', ')
                FROM pg_foreign_table f, pg_options_to_table(f.ftoptions) o
                WHERE f.ftrelid = c.oid) AS foreign_options
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
        LEFT JOIN pg_am m ON m.oid = c.relam
        WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND %3$s AND %4$s
        """
            .formatted(
                options("c.reloptions", ""),
                options("t.reloptions", "toast."),
                USER_SCHEMA,
                notMember("pg_class", "c.oid")),
        statements::add);
    return statements.objects;
  }

  private boolean add(ResultSet row) throws SQLException {
    long oid = row.getLong("oid");
    ObjectId id = new ObjectId("pg_class", oid);
    String name = text(row, "name");
    boolean foreign = text(row, "relkind").equals("f");
    boolean partition = row.getBoolean("relispartition");
    String word = foreign ? "FOREIGN TABLE " : "TABLE ";
    ObjectKind kind = foreign ? ObjectKind.FOREIGN_TABLE : ObjectKind.TABLE;
    StringBuilder sql = new StringBuilder();
    sql.append(text(row, "relpersistence").equals("u") ? "CREATE UNLOGGED " : "CREATE ");
    sql.append(word).append(name);
    String ofType = optionalText(row, "of_type");
    sql.append(ofType.isEmpty() ? "" : " OF " + ofType);
    List<String> parents = CatalogSession.texts(row, "parents");
    boolean joinsLater = !partition && !parents.isEmpty() && ownsAll(oid);
    boolean whole = partition || joinsLater;
    List<String> lines = lines(oid, whole, !ofType.isEmpty());
    if (!lines.isEmpty() || ofType.isEmpty()) {
      sql.append(" (\n    ").append(String.join(",\n    ", lines)).append("\n)");
    }
    if (!whole && !parents.isEmpty()) {
      sql.append("\nINHERITS (").append(String.join(", ", parents)).append(")");
    }
    append(sql, "\nPARTITION BY ", optionalText(row, "partition_key"), "");
    append(sql, "\nUSING ", optionalText(row, "method"), "");
    append(sql, "\nSERVER ", optionalText(row, "server"), "");
    append(sql, "\nOPTIONS (", optionalText(row, "foreign_options"), ")");
    append(sql, "\nWITH (", optionalText(row, "options"), ")");
    sql.append(";");
    alterColumns(sql, "ALTER " + word + "ONLY " + name, oid, whole);
    if (joinsLater) {
      parents.forEach(parent -> sql.append("\nALTER " + word + name + " INHERIT " + parent + ";"));
    }
    switch (foreign ? "" : text(row, "relreplident")) {
      case "f" -> sql.append("\nALTER TABLE ONLY ").append(name).append(" REPLICA IDENTITY FULL;");
      case "n" ->
          sql.append("\nALTER TABLE ONLY ").append(name).append(" REPLICA IDENTITY NOTHING;");
      default -> {}
    }
    objects.add(new CatalogObject(id, kind, name, word + name, sql.toString()));
    addDefaults(oid, "ALTER " + word + "ONLY " + name, name, whole);
    addConstraints(oid, "ALTER " + word + name, name);
    addRowSecurity(row, id, name);
    if (partition) {
      addAttach(id, name, parents.getFirst(), row.getLong("parent"), text(row, "bound"));
    }
    return true;
  }

  private static void append(StringBuilder sql, String before, String text, String after) {
    if (!text.isEmpty()) {
      sql.append(before).append(text).append(after);
    }
  }

  private List<TableColumns.Definition> columnsOf(long oid) {
    return columns.getOrDefault(oid, List.of());
  }

  private List<TableConstraints.Definition> constraintsOf(long oid) {
    return constraints.getOrDefault(oid, List.of());
  }

  /**
   * Whether a table that inherits would be the same without its parents: then it is made alone and
   * joins them afterwards, which keeps the order of its columns.
   */
  private boolean ownsAll(long oid) {
    return columnsOf(oid).stream().allMatch(TableColumns.Definition::local)
        && constraintsOf(oid).stream()
            .allMatch(constraint -> constraint.local() && !constraint.separate());
  }

  private List<String> lines(long oid, boolean whole, boolean typed) {
    List<String> lines = new ArrayList<>();
    for (TableColumns.Definition column : columnsOf(oid)) {
      if (column.local() || whole) {
        String constraint = notNull(oid, column, whole);
        String line = column.line(typed, whole) + constraint;
        if (!typed || !line.endsWith(" WITH OPTIONS")) {
          lines.add(line);
        }
      }
    }
    for (TableConstraints.Definition constraint : constraintsOf(oid)) {
      boolean wanted = constraint.local() || whole;
      boolean inColumn =
          constraint.notNull()
              && columnsOf(oid).stream()
                  .anyMatch(column ->
                      column.name().equals(constraint.column()) && (column.local() || whole));
      if (wanted && !constraint.separate() && !inColumn) {
        lines.add(constraint.clause());
      }
    }
    return lines;
  }

  /** The column's not-null constraint; PostgreSQL before 18 has no names for these. */
  private String notNull(long oid, TableColumns.Definition column, boolean whole) {
    if (!column.notNull()) {
      return "";
    }
    for (TableConstraints.Definition constraint : constraintsOf(oid)) {
      if (constraint.column().equals(column.name())) {
        boolean wanted = (constraint.local() || whole) && !constraint.separate();
        String noInherit = constraint.sql().endsWith(" NO INHERIT") ? " NO INHERIT" : "";
        String name = constraint.named() ? " CONSTRAINT " + constraint.name() : "";
        return wanted ? name + " NOT NULL" + noInherit : "";
      }
    }
    return !column.inheritedNotNull() || whole ? " NOT NULL" : "";
  }

  private void alterColumns(StringBuilder sql, String alter, long oid, boolean whole) {
    for (TableColumns.Definition column : columnsOf(oid)) {
      boolean inherited = !column.local() && !whole;
      boolean named =
          constraintsOf(oid).stream()
              .anyMatch(constraint -> constraint.column().equals(column.name()));
      if (inherited && column.notNull() && !column.inheritedNotNull() && !named) {
        sql.append("\n" + alter + " ALTER COLUMN " + column.name() + " SET NOT NULL;");
      }
      if (inherited && !column.identity().isEmpty()) {
        sql.append("\n" + alter + " ALTER COLUMN " + column.name() + " ADD " + column.identity());
        sql.append(";");
      }
      for (String setting : column.settings()) {
        sql.append("\n" + alter + " ALTER COLUMN " + column.name() + " " + setting + ";");
      }
    }
  }

  private void addDefaults(long oid, String alter, String name, boolean whole) {
    for (TableColumns.Definition column : columnsOf(oid)) {
      boolean printed = column.local() || whole;
      if (column.defaultOid() != 0 && !column.computed() && (column.separate() || !printed)) {
        objects.add(defaultOf(new ObjectId("pg_class", oid), column, alter, name));
      }
    }
  }

  /** A default set after its table or view was made. */
  static CatalogObject defaultOf(
      ObjectId relation, TableColumns.Definition column, String alter, String name) {
    return new CatalogObject(
            new ObjectId("pg_attrdef", column.defaultOid()),
            ObjectKind.DEFAULT,
            name + "." + column.name(),
            "",
            alter + " ALTER COLUMN " + column.name() + " SET DEFAULT " + column.expression() + ";")
        .withAfter(List.of(relation));
  }

  private void addConstraints(long oid, String alter, String name) {
    for (TableConstraints.Definition constraint : constraintsOf(oid)) {
      if (constraint.separate() && constraint.local()) {
        objects.add(
            new CatalogObject(
                    new ObjectId("pg_constraint", constraint.oid()),
                    ObjectKind.CHECK_CONSTRAINT,
                    name + "." + constraint.name(),
                    "CONSTRAINT " + constraint.name() + " ON " + name,
                    alter + " ADD " + constraint.clause() + ";")
                .withAfter(List.of(new ObjectId("pg_class", oid))));
      }
    }
  }

  private void addRowSecurity(ResultSet row, ObjectId id, String name) throws SQLException {
    String sql =
        (row.getBoolean("relrowsecurity")
                ? "ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY;\n"
                : "")
            + (row.getBoolean("relforcerowsecurity")
                ? "ALTER TABLE ONLY " + name + " FORCE ROW LEVEL SECURITY;\n"
                : "");
    if (!sql.isEmpty()) {
      objects.add(
          new CatalogObject(
                  new ObjectId("row security", id.oid()),
                  ObjectKind.ROW_SECURITY,
                  name,
                  "",
                  sql.stripTrailing())
              .withAfter(List.of(id)));
    }
  }

  private void addAttach(ObjectId id, String name, String parent, long parentOid, String bound) {
    objects.add(
        new CatalogObject(
                new ObjectId("table attach", id.oid()),
                ObjectKind.TABLE_ATTACH,
                name,
                "",
                "ALTER TABLE ONLY " + parent + " ATTACH PARTITION " + name + " " + bound + ";")
            .withAfter(List.of(id, new ObjectId("pg_class", parentOid))));
  }
}
