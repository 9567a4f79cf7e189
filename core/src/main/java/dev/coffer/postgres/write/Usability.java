package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SequenceState;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * Whether a rebuilt database can be worked with: all constraints are there and hold, and the next
 * insert into every table with a sequence gets a value that is not taken. What is tried is rolled
 * back, but for the sequences, which never are: this is for a database that is thrown away.
 */
public final class Usability {
  private static final String UNIQUE_VIOLATION = "23505";

  /** {@code sequence_generator_limit_exceeded} */
  private static final String EXHAUSTED = "2200H";

  private static final String SEARCH_EVERYWHERE =
      """
      SELECT pg_catalog.set_config('search_path',
        coalesce(string_agg(quote_ident(nspname), ', ' ORDER BY nspname <> 'public', nspname), ''),
        true)
      FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      """;

  /** Columns that get their value from a sequence: identity columns, and defaults that use one. */
  private static final String NUMBERED =
      """
      SELECT c.oid::regclass::text, quote_ident(a.attname), s.oid::regclass::text,
             c.oid::int8, n.nspname, s.relname, a.attnum
      FROM pg_class s
      JOIN LATERAL (
        SELECT d.refobjid AS relation, d.refobjsubid AS number FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i'
          AND d.refclassid = 'pg_class'::regclass
        UNION
        SELECT f.adrelid, f.adnum FROM pg_depend d
        JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid
      ) u ON true
      JOIN pg_class c ON c.oid = u.relation AND c.relkind IN ('r', 'p')
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number
      JOIN pg_namespace n ON n.oid = s.relnamespace
      WHERE s.relkind = 'S' AND s.oid >= 16384
      ORDER BY 1, a.attnum
      """;

  /** A column that gets its value from a sequence; names as SQL writes them. */
  private record Numbered(
      String table, long oid, String column, String sequence, QualifiedName name) {}

  private final Connection connection;
  private final Set<QualifiedName> asWanted;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Usability(Connection connection, Set<QualifiedName> asWanted) {
    this.connection = connection;
    this.asWanted = asWanted;
  }

  /**
   * What was found, a line each and without any row's value.
   *
   * @param problems what is wrong with the rebuilt database
   * @param notes what was so in the source, and makes an insert fail there too
   */
  public record Findings(List<String> problems, List<String> notes) {
    public Findings {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Examines.
   *
   * @param statements that the database was rebuilt by
   * @param sequences where they stood in the source
   */
  public static Findings examine(
      ConnectionSettings settings,
      List<SchemaStatement> statements,
      List<SequenceState> sequences) {
    try (Connection connection = settings.open("coffer")) {
      connection.setAutoCommit(false);
      SequenceWriter reader = new SequenceWriter(connection);
      Set<QualifiedName> asWanted = new HashSet<>();
      for (SequenceState state : sequences) {
        if (reader.current(state.name()).equals(state)) {
          asWanted.add(state.name());
        }
      }
      Usability usability = new Usability(connection, asWanted);
      usability.run("SET search_path = ''");
      usability.constraints(statements);
      usability.inserts();
      connection.rollback();
      return new Findings(usability.problems, usability.notes);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot examine the restored database");
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void constraints(List<SchemaStatement> statements) throws SQLException {
    List<String> open =
        EmptyTarget.texts(
            connection,
            "SELECT conrelid::regclass || '.' || quote_ident(conname) FROM pg_constraint"
                + " WHERE NOT convalidated AND conrelid >= 16384");
    for (String name : open) {
      boolean openInTheSource =
          statements.stream()
              .filter(statement -> statement.sql().contains("NOT VALID"))
              .map(SchemaStatement::sql)
              .anyMatch(sql -> sql.contains(name.substring(name.lastIndexOf('.') + 1)));
      if (!openInTheSource) {
        problems.add("constraint " + name + " is not validated");
      }
    }
    String keys =
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
            + " AND conrelid >= 16384";
    long found = Long.parseLong(EmptyTarget.texts(connection, keys).getFirst());
    long wanted =
        statements.stream()
            .filter(statement -> statement.kind().equals("FK CONSTRAINT"))
            .filter(statement -> statement.sql().startsWith("ALTER "))
            .count();
    if (found != wanted) {
      problems.add(found + " of " + wanted + " foreign keys are there");
    }
  }

  private void inserts() throws SQLException {
    List<Numbered> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NUMBERED)) {
      while (row.next()) {
        columns.add(
            new Numbered(
                row.getString(1),
                row.getLong(4),
                row.getString(2),
                row.getString(3),
                new QualifiedName(row.getString(5), row.getString(6))));
      }
    }
    // Functions that triggers call may count on what the application's sessions have set.
    run(SEARCH_EVERYWHERE);
    for (Numbered numbered : columns) {
      nextValue(numbered);
      insert(numbered.table(), numbered.oid(), columns);
    }
  }

  /** What was so in the source is no fault of the backup. */
  private void tell(String what, boolean inTheSource) {
    List<String> told = inTheSource ? notes : problems;
    if (!told.contains(what)) {
      told.add(what);
    }
  }

  private void nextValue(Numbered numbered) throws SQLException {
    String table = numbered.table();
    String column = numbered.column();
    String sequence = numbered.sequence();
    boolean inTheSource = asWanted.contains(numbered.name());
    Savepoint before = connection.setSavepoint();
    try {
      String next =
          EmptyTarget.texts(
                  connection, "SELECT pg_catalog.nextval(" + Identifiers.literal(sequence) + ")")
              .getFirst();
      String taken =
          "SELECT count(*) FROM (SELECT FROM "
              + table
              + " WHERE "
              + column
              + " = "
              + next
              + " LIMIT 1) t";
      if (unique(table, column) && !EmptyTarget.texts(connection, taken).contains("0")) {
        tell(
            "table " + table + ": the next value of sequence " + sequence + " is taken already",
            inTheSource);
      }
    } catch (SQLException failure) {
      connection.rollback(before);
      boolean exhausted = EXHAUSTED.equals(failure.getSQLState());
      tell(
          exhausted
              ? "table " + table + ": sequence " + sequence + " has no next value"
              : SqlErrors.translate(failure, "table " + table + ": sequence " + sequence).fact(),
          exhausted && inTheSource);
    }
  }

  /**
   * Whether a trigger's function, or one in a default, failed: it may want other rows or a time.
   */
  private static boolean insideFunction(SQLException failure) {
    return String.valueOf(failure.getSQLState()).startsWith("P0")
        || (failure instanceof PSQLException told
            && told.getServerErrorMessage() != null
            && String.valueOf(told.getServerErrorMessage().getWhere()).contains(" function "));
  }

  private boolean unique(String table, String column) throws SQLException {
    String sql =
        "SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
            + " AND a.attnum = i.indkey[0] WHERE i.indisunique AND i.indnkeyatts = 1"
            + " AND i.indrelid = "
            + Identifiers.literal(table)
            + "::regclass AND quote_ident(a.attname) = "
            + Identifiers.literal(column);
    return !EmptyTarget.texts(connection, sql).contains("0");
  }

  /**
   * Inserts a copy of some row with new numbers. Values that have to be unique besides stand in its
   * way, or checks that look at the time, which is no fault of the restore.
   */
  private void insert(String table, long oid, List<Numbered> numbered) throws SQLException {
    List<String> copied =
        EmptyTarget.texts(
                connection,
                "SELECT quote_ident(attname) FROM pg_attribute WHERE attnum > 0"
                    + " AND NOT attisdropped AND attgenerated = '' AND attrelid = "
                    + oid
                    + " ORDER BY attnum")
            .stream()
            .filter(name ->
                numbered.stream()
                    .noneMatch(c -> c.table().equals(table) && c.column().equals(name)))
            .toList();
    String list = String.join(", ", copied);
    String sql =
        copied.isEmpty()
            ? "INSERT INTO " + table + " DEFAULT VALUES"
            : "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s LIMIT 1".formatted(table, list);
    Savepoint before = connection.setSavepoint();
    try {
      run(sql);
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      if (!state.startsWith("23") && !state.equals(EXHAUSTED) && !insideFunction(failure)) {
        tell(SqlErrors.translate(failure, "cannot insert into table " + table).fact(), false);
      }
      if (state.equals(UNIQUE_VIOLATION) && copied.isEmpty()) {
        tell(
            "the next insert into table " + table + " collides with a row",
            numbered.stream()
                .filter(column -> column.table().equals(table))
                .allMatch(column -> asWanted.contains(column.name())));
      }
    } finally {
      connection.rollback(before);
    }
  }
}
