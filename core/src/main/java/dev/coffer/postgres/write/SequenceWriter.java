package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets sequences so that it counts only when the transaction is committed: {@code setval} alone
 * does not wait for that, but {@code ALTER SEQUENCE} does, which writes the sequence anew and keeps
 * others from drawing, and so does a {@code setval} after it (PostgreSQL manual, "ALTER SEQUENCE").
 */
final class SequenceWriter {
  private final Connection connection;
  private final Map<QualifiedName, KnownSequence> known;

  SequenceWriter(Connection connection) throws SQLException {
    this.connection = connection;
    known = KnownSequence.read(connection);
  }

  /**
   * Sets those that are not as wanted to just that; those that do not exist are passed by. One from
   * which somebody has drawn meanwhile goes only forwards, and none goes behind a row that came
   * meanwhile.
   *
   * @param before where the plan saw them
   * @param oldest the oldest transaction that may have written since the plan was made
   */
  List<SequenceChange> exactly(
      List<SequenceState> wanted, Map<QualifiedName, SequenceState> before, long oldest)
      throws SQLException {
    List<SequenceChange> changes = new ArrayList<>();
    for (SequenceState state : wanted) {
      KnownSequence sequence = known.get(state.name());
      if (sequence == null || current(state.name()).equals(state)) {
        continue;
      }
      hold(sequence);
      SequenceState current = current(state.name());
      SequenceState target =
          current.equals(before.get(state.name()))
              ? furthest(sequence, state, newRows(sequence, oldest))
              : sequence.further(current, state);
      set(current, target).ifPresent(changes::add);
    }
    return changes;
  }

  /**
   * Sets those forwards that are behind what is wanted or behind a row that was written; those that
   * have nothing to do with the tables written are passed by.
   */
  List<SequenceChange> forwards(List<SequenceState> wanted, List<StagedTable> written, Links links)
      throws SQLException {
    List<SequenceChange> changes = new ArrayList<>();
    for (SequenceState state : wanted) {
      KnownSequence sequence = known.get(state.name());
      if (sequence == null) {
        continue;
      }
      List<String> queries = writtenRows(sequence, written, links);
      SequenceState current = current(state.name());
      SequenceState least = sequence.allows(state) ? sequence.further(current, state) : current;
      if (!queries.isEmpty() && !furthest(sequence, least, queries).equals(current)) {
        hold(sequence);
        current = current(state.name());
        SequenceState target = furthest(sequence, sequence.further(current, least), queries);
        set(current, target).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private static List<String> newRows(KnownSequence sequence, long oldest) {
    return sequence.users().stream()
        .filter(KnownSequence.User::rows)
        .map(user ->
            sequence.outermost(
                user.column(),
                user.name().sql()
                    + " AS t WHERE t.xmin <> pg_catalog.pg_current_xact_id()::xid AND "
                    + StagedTable.since(oldest)))
        .toList();
  }

  private static List<String> writtenRows(
      KnownSequence sequence, List<StagedTable> written, Links links) {
    List<String> queries = new ArrayList<>();
    for (StagedTable table : written) {
      for (KnownSequence.User user : sequence.users()) {
        if (links.family(table.live().oid()).contains(user.table())) {
          queries.add(
              sequence.outermost(
                  user.column(),
                  "ONLY %s AS t JOIN %s AS w ON w.tid = t.ctid"
                      .formatted(table.live().name().sql(), table.written())));
        }
      }
    }
    return queries;
  }

  private SequenceState furthest(KnownSequence sequence, SequenceState least, List<String> queries)
      throws SQLException {
    SequenceState furthest = least;
    for (String query : queries) {
      Optional<String> value =
          Sql.one(connection, query, row -> Optional.ofNullable(row.getString(1)));
      if (value.isPresent()) {
        furthest =
            sequence.further(
                furthest, new SequenceState(sequence.name(), Long.parseLong(value.get()), true));
      }
    }
    return furthest;
  }

  /** From here on nobody else draws from it, and nothing of it counts before the commit. */
  private void hold(KnownSequence sequence) throws SQLException {
    Sql.execute(
        connection,
        "ALTER SEQUENCE %s INCREMENT BY %d".formatted(sequence.name().sql(), sequence.increment()));
  }

  private Optional<SequenceChange> set(SequenceState current, SequenceState target)
      throws SQLException {
    if (target.equals(current)) {
      return Optional.empty();
    }
    Sql.execute(
        connection,
        "SELECT pg_catalog.setval(%s::pg_catalog.regclass, %d, %b)"
            .formatted(
                Identifiers.literal(target.name().sql()), target.lastValue(), target.called()));
    return Optional.of(new SequenceChange(current, target));
  }

  SequenceState current(QualifiedName name) throws SQLException {
    return Sql.one(
        connection,
        "SELECT last_value, is_called FROM " + name.sql(),
        row -> new SequenceState(name, row.getLong(1), row.getBoolean(2)));
  }
}
