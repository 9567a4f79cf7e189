package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.Sessions;
import dev.coffer.postgres.snapshot.SessionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A connection to a database that is to be changed, and the one transaction in which that happens.
 * Closing it without {@link #commit} leaves the database as it was. For one thread; {@link #abort}
 * is for any.
 */
public final class WriteTransaction implements AutoCloseable {
  private static final String APPLICATION = "coffer restore";

  /** {@code invalid_parameter_value}, of a transaction that has not begun yet. */
  private static final String IN_THE_FUTURE = "22023";

  /** Says to other runs that this database is being restored, until the transaction ends. */
  private static final String LOCK =
      "pg_catalog.pg_try_advisory_xact_lock(" + RestoreLock.KEY + ")";

  private final Connection connection;
  private final ServerVersion version;
  private final List<StagedTable> staged = new ArrayList<>();
  private Optional<Silence> silence = Optional.empty();
  private Optional<ConstraintCheck> check = Optional.empty();
  private Links links;

  private WriteTransaction(Connection connection, ServerVersion version, Links links) {
    this.connection = connection;
    this.version = version;
    this.links = links;
  }

  /**
   * Connects; nothing is begun yet.
   *
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public static WriteTransaction open(
      ConnectionSettings settings, SharedSnapshot.Timeouts timeouts) {
    Connection connection = settings.open(APPLICATION);
    try {
      ServerVersion version = ServerVersion.of(connection).supported();
      SessionSettings.apply(connection, version, timeouts);
      return new WriteTransaction(connection, version, Links.read(connection));
    } catch (SQLException failure) {
      Sessions.close(connection);
      throw ApplyErrors.translate(failure, "cannot use " + settings.address());
    } catch (CofferException failure) {
      Sessions.close(connection);
      throw failure;
    }
  }

  public DatabaseIdentity identity() {
    return ask(() ->
        Sql.one(
            connection,
            "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system())::text,"
                + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()),"
                + " current_database()",
            row -> new DatabaseIdentity(row.getString(1), row.getLong(2), row.getString(3))));
  }

  /** Whether there is no table of a user's. */
  public boolean isEmpty() {
    return ask(() ->
        Sql.truth(
            connection,
            "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'"
                + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid"
                + " AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'))"));
  }

  /** Whether a rebuild by several connections was killed here, or is under way. */
  public boolean isUnfinished() {
    return ask(() ->
        Sql.truth(connection, "SELECT pg_catalog.to_regclass('" + Marker.TABLE + "') IS NOT NULL"));
  }

  /**
   * How a transaction ended: {@code committed}, {@code aborted} or {@code in progress}; empty when
   * the server no longer knows, or never did: one that was restored to an earlier moment has yet to
   * come to that number.
   */
  public Optional<String> statusOf(String transactionId) {
    if (!transactionId.matches("\\d{1,20}")) {
      return Optional.empty();
    }
    return ask(() -> {
      try {
        return Sql.one(
            connection,
            "SELECT pg_catalog.pg_xact_status('" + transactionId + "'::pg_catalog.xid8)",
            row -> Optional.ofNullable(row.getString(1)));
      } catch (SQLException failure) {
        if (IN_THE_FUTURE.equals(failure.getSQLState())) {
          return Optional.empty();
        }
        throw failure;
      }
    });
  }

  /**
   * All that would keep the role from changing these tables and setting these sequences. Asks the
   * catalog alone.
   */
  public MissingPrivileges missing(
      List<QualifiedName> tables, Collection<QualifiedName> sequences) {
    return ask(() ->
        WritePrivileges.leastToGrant(
            connection,
            version,
            LiveTable.read(connection, tables).values(),
            Links.read(connection),
            sequences));
  }

  /** Tables as they are now; those that do not exist are missing. */
  public Map<QualifiedName, LiveTable> look(List<QualifiedName> tables) {
    return ask(() -> LiveTable.read(connection, tables));
  }

  /** Finds out why columns do not take a value. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Why the column does not take the value; empty where it does.
     *
     * @param text of the value; empty for null
     */
    Optional<String> refusal(QualifiedName table, String column, Optional<String> text);
  }

  /** Runs trials of values in a transaction that ends with them. Before {@link #begin}. */
  public void trying(Consumer<Trial> trials) {
    ask(() -> {
      connection.setAutoCommit(false);
      try {
        StandInTrial trial = new StandInTrial(connection);
        trials.accept((table, column, text) -> ask(() -> trial.refusal(table, column, text)));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      return true;
    });
  }

  /**
   * Finds rows of a table that stay and beside which new ones cannot stand, as far as that can be
   * known without writing: what is about computed columns is not found, nor what the server cannot
   * make of the new rows. Before {@link #begin}.
   *
   * @param key columns that tell rows apart
   * @param rows new ones, a JSON array of objects by the columns' names
   * @param going the keys of rows that do not stay, a JSON array of arrays
   */
  public List<InTheWay> inTheWay(QualifiedName table, List<String> key, String rows, String going) {
    LiveTable live = look(List.of(table)).get(table);
    if (live == null) {
      return List.of();
    }
    try {
      return new StandingRows(connection, live).of(key, rows, going);
    } catch (SQLException failure) {
      CofferException told = ApplyErrors.translate(failure, "cannot ask the database");
      if (told.code() == ErrorCode.DATABASE_LOST || told.code() == ErrorCode.INTERRUPTED) {
        throw told;
      }
      return List.of();
    }
  }

  /** The oldest transaction that is still running: whoever reads later sees all before it. */
  public long oldestRunning() {
    return ask(
        () -> Sql.number(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::int8"));
  }

  private <T> T ask(ApplyErrors.Work<T> work) {
    return ApplyErrors.telling("cannot ask the database", work);
  }

  /**
   * Begins, for changes of these tables, which are locked against other writers together with those
   * on the other side of their foreign keys and those that draw from the sequences.
   *
   * @param sequences that will be set to just what is wanted
   * @return the tables as they are now; those that do not exist are missing
   * @throws CofferException {@code RESTORE_RUNNING}, {@code DATABASE_PRIVILEGES}, {@code
   *     DATABASE_LOCKED}
   */
  public Map<QualifiedName, LiveTable> begin(
      List<QualifiedName> tables, Collection<QualifiedName> sequences) {
    return ApplyErrors.telling("cannot begin the restore", () -> tryToBegin(tables, sequences));
  }

  private Map<QualifiedName, LiveTable> tryToBegin(
      List<QualifiedName> tables, Collection<QualifiedName> sequences) throws SQLException {
    connection.setAutoCommit(false);
    Sql.execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
    if (!Sql.truth(connection, "SELECT " + LOCK)) {
      throw new CofferException(
          ErrorCode.RESTORE_RUNNING,
          "another restore of this database is under way",
          "Nothing was changed. Wait until it is over.");
    }
    Map<QualifiedName, LiveTable> before = LiveTable.read(connection, tables);
    boolean replica = WritePrivileges.replica(connection, version);
    links = Links.read(connection);
    WritePrivileges.require(connection, version, before.values(), links, sequences, replica);
    lock(before, sequences);
    links = Links.read(connection);
    Map<QualifiedName, LiveTable> locked = LiveTable.read(connection, tables);
    Set<Long> oids = new HashSet<>(locked.values().stream().map(LiveTable::oid).toList());
    silence = Optional.of(new Silence(connection, oids, links, replica));
    check = replica ? Optional.of(new ConstraintCheck(connection, links)) : Optional.empty();
    return locked;
  }

  /** One after another by name, so that two who lock do not wait for each other. */
  private void lock(Map<QualifiedName, LiveTable> tables, Collection<QualifiedName> sequences)
      throws SQLException {
    Map<QualifiedName, String> all = new TreeMap<>();
    if (!sequences.isEmpty()) {
      Map<QualifiedName, KnownSequence> known = KnownSequence.read(connection);
      sequences.stream()
          .flatMap(name -> Optional.ofNullable(known.get(name)).stream())
          .flatMap(sequence -> sequence.users().stream())
          .filter(KnownSequence.User::rows)
          .forEach(user -> all.put(user.name(), user.name().sql()));
    }
    tables.keySet().forEach(name -> all.put(name, "ONLY " + name.sql()));
    Set<Long> oids = new HashSet<>(tables.values().stream().map(LiveTable::oid).toList());
    links.neighbours(oids).forEach(end -> all.put(end.name(), end.from()));
    for (Map.Entry<QualifiedName, String> table : all.entrySet()) {
      try {
        Sql.execute(connection, "LOCK TABLE " + table.getValue() + " IN SHARE ROW EXCLUSIVE MODE");
      } catch (SQLException failure) {
        throw ApplyErrors.translate(failure, "cannot lock table " + table.getKey().sql());
      }
    }
  }

  /** Room for the changes of a table. */
  public StagedTable stage(LiveTable table, StagedTable.Shape shape) {
    return ApplyErrors.telling(
        "cannot stage changes of table " + table.name().sql(),
        () -> {
          StagedTable made = StagedTable.create(connection, table, shape, staged.size());
          staged.add(made);
          return made;
        });
  }

  public LargeObjectPages stageLargeObjects() {
    return ApplyErrors.telling(
        "cannot stage large objects", () -> LargeObjectPages.create(connection));
  }

  /**
   * Deletes the rows that were found in all staged tables and inserts what is to stand there.
   *
   * @throws CofferException {@code CONSTRAINT_VIOLATED} and others
   */
  public void apply() {
    ApplyErrors.telling("cannot write rows", this::tryToApply);
  }

  private boolean tryToApply() throws SQLException {
    for (StagedTable table : staged) {
      if (check.isPresent()) {
        check.get().before(table);
      }
      table.keep();
    }
    if (silence.isPresent()) {
      silence.get().begin();
    }
    for (StagedTable table : staged) {
      table.delete();
    }
    for (StagedTable table : staged) {
      table.insert();
      table.locateWritten();
    }
    if (silence.isPresent()) {
      silence.get().end();
    }
    if (check.isPresent()) {
      check.get().after(staged);
    }
    return true;
  }

  /**
   * Sets sequences forwards, within the transaction too, and only those that fill tables with
   * changes.
   */
  public List<SequenceChange> setSequencesForwards(List<SequenceState> wanted) {
    return ApplyErrors.telling(
        "cannot set sequences",
        () -> new SequenceWriter(connection).forwards(wanted, staged, links));
  }

  /**
   * Sets sequences to just what is wanted, within the transaction too, unless somebody has drawn
   * from them meanwhile.
   *
   * @param before where the plan saw them
   * @param oldest the oldest transaction that may have written since
   */
  public List<SequenceChange> setSequencesExactly(
      List<SequenceState> wanted, List<SequenceState> before, long oldest) {
    Map<QualifiedName, SequenceState> seen = new HashMap<>();
    before.forEach(state -> seen.put(state.name(), state));
    return ApplyErrors.telling(
        "cannot set sequences", () -> new SequenceWriter(connection).exactly(wanted, seen, oldest));
  }

  /**
   * What sequences may be set to where these tables, and no others, become what they were: just
   * what is wanted if nothing else draws from them, otherwise the further of both.
   *
   * @param wanted those that differ from {@code now}
   * @param everything whether there is nothing else that could draw from one without a table
   */
  public List<SequenceState> attainable(
      List<SequenceState> wanted,
      Map<QualifiedName, SequenceState> now,
      List<QualifiedName> tables,
      boolean everything) {
    return ask(() -> {
      Map<QualifiedName, KnownSequence> known = KnownSequence.read(connection);
      Set<Long> oids = new HashSet<>();
      LiveTable.read(connection, tables).values().forEach(table -> oids.add(table.oid()));
      List<SequenceState> attainable = new ArrayList<>();
      for (SequenceState state : wanted) {
        KnownSequence sequence = known.get(state.name());
        SequenceState current = now.get(state.name());
        if (sequence != null && current != null) {
          boolean alone = sequence.users().isEmpty() ? everything : sequence.belongsTo(oids, links);
          SequenceState target = alone ? state : sequence.further(current, state);
          if (!target.equals(current)) {
            attainable.add(target);
          }
        }
      }
      return attainable;
    });
  }

  /** The transaction's number, by which {@link #statusOf} knows it later. */
  public String transactionId() {
    return ask(() ->
        Sql.one(
            connection, "SELECT pg_catalog.pg_current_xact_id()::text", row -> row.getString(1)));
  }

  /** Makes the changes last. */
  public void commit() {
    ApplyErrors.telling(
        "cannot commit the restore",
        () -> {
          connection.commit();
          return true;
        });
  }

  /** Breaks the connection, so that a thread that waits for the server fails soon. */
  public void abort() {
    Sessions.abort(connection);
  }

  @Override
  public void close() {
    Sessions.close(connection);
  }
}
