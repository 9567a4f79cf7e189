package dev.coffer.portal.communications;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds {@code EmailLog}, {@code CommunicationLog} and {@code CommunicationSummaryView} to a
 * portal's database: in one transaction, again and again without harm, and without a change to
 * anything that is there already.
 *
 * <p>Foreign keys to {@code sales} and {@code Lead} are set to null on deletion: what was said to a
 * customer stays true, and the recipient stands in the row. {@code CommunicationLog.agentId} is no
 * foreign key, so that a deleted account does not take along who called. A portal without {@code
 * Lead} or {@code sms_logs} gets a view without leads or with no texts; once it has those tables,
 * running the migration again adds what was left out.
 */
public final class CommunicationsMigration {
  private static final List<String> OPTIONAL_TABLES = List.of("Lead", "sms_logs");
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String LOCK_TIMEOUT = "5s";

  private CommunicationsMigration() {}

  /** The whole script, for a portal that has all its tables. It can be run by psql, repeatedly. */
  public static String sql() {
    return Script.text();
  }

  /**
   * What {@link #apply} would do. Reads the catalog only.
   *
   * @throws CofferException TABLE_NOT_FOUND when the connection's search path leads to no {@code
   *     sales}; TARGET_EXISTS when something else bears the name of a new table or view;
   *     DATABASE_FAILED
   */
  public static Plan plan(Connection connection) {
    try {
      return lookAt(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Creates what is missing, in a transaction of its own. Waits at most five seconds for a lock. On
   * a failure nothing has changed.
   *
   * @param connection in auto-commit mode, as it is afterwards
   * @return what was done
   * @throws CofferException as {@link #plan}, and DATABASE_LOCKED
   */
  public static Plan apply(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        throw new IllegalArgumentException("The migration begins and ends its own transaction.");
      }
      connection.setAutoCommit(false);
      try {
        Plan done = inTransaction(connection);
        connection.commit();
        return done;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Plan inTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '" + LOCK_TIMEOUT + "'");
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('coffer communications'))");
      Plan plan = lookAt(connection);
      setSearchPath(connection, plan.schema());
      for (Plan.Item item : plan.items()) {
        if (item.state() != Plan.State.EXISTS) {
          statement.execute(item.sql());
        }
      }
      return plan;
    }
  }

  private static void setSearchPath(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config('search_path', quote_ident(?), true)")) {
      statement.setString(1, schema);
      statement.execute();
    }
  }

  private static Plan lookAt(Connection connection) throws SQLException {
    String schema =
        Catalog.schemaOfSales(connection)
            .orElseThrow(() ->
                new CofferException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "There is no table \"sales\" on the search path: this is not a sales portal.",
                    "Name the portal's own database, or set the role's search_path to its"
                        + " schema."));
    Catalog catalog = new Catalog(connection, schema);
    Set<String> tables = catalog.tables();
    List<String> missing =
        OPTIONAL_TABLES.stream().filter(table -> !tables.contains(table)).toList();
    List<Plan.Item> items = new ArrayList<>();
    for (Step step : Script.steps(tables)) {
      items.add(new Plan.Item(step.title(), state(step, catalog, tables), step.sql()));
    }
    return new Plan(schema, items, missing);
  }

  private static Plan.State state(Step step, Catalog catalog, Set<String> tables)
      throws SQLException {
    if (!catalog.has(step)) {
      return Plan.State.CREATE;
    }
    Set<String> lacking = new TreeSet<>(step.columns());
    lacking.removeAll(catalog.columns(step.name()));
    if (!step.columns().isEmpty() && !lacking.isEmpty()) {
      throw new CofferException(
          ErrorCode.TARGET_EXISTS,
          "There is a " + step.title() + " already, without " + String.join(", ", lacking) + ".",
          "It was not made by this migration; rename it, then run the migration again.");
    }
    return step.kind().equals("view") && outdated(step.name(), catalog, tables)
        ? Plan.State.REPLACE
        : Plan.State.EXISTS;
  }

  private static boolean outdated(String view, Catalog catalog, Set<String> tables)
      throws SQLException {
    Set<String> expected = new TreeSet<>(OPTIONAL_TABLES);
    expected.retainAll(tables);
    return !catalog.tablesRead(view).containsAll(expected);
  }

  private static CofferException failed(SQLException e) {
    if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
      return new CofferException(
          ErrorCode.DATABASE_LOCKED,
          "The migration could not lock the portal's tables within " + LOCK_TIMEOUT + ".",
          "Try again when no long transaction is running; nothing was changed.",
          e);
    }
    return new CofferException(
        ErrorCode.DATABASE_FAILED,
        "The communication tables could not be migrated (SQLSTATE " + e.getSQLState() + ").",
        "Nothing was changed. The role must own the portal's schema; see the server's log.",
        e);
  }
}
