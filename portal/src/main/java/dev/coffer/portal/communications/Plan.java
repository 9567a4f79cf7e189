package dev.coffer.portal.communications;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the migration finds in a database and what it will do there.
 *
 * @param schema the schema that holds the portal's tables and gets the new objects
 * @param missing tables of a portal that this one lacks, to which the migration adapts
 */
public record Plan(String schema, List<Item> items, List<String> missing) {

  /**
   * One object of the migration.
   *
   * @param object kind and name, such as {@code table EmailLog}
   * @param sql the statements that create it, without the schema's name
   */
  public record Item(String object, State state, String sql) {}

  /** Whether an object is there. A view made when the portal had fewer tables is replaced. */
  public enum State {
    EXISTS,
    CREATE,
    REPLACE
  }

  public Plan {
    items = List.copyOf(items);
    missing = List.copyOf(missing);
  }

  /** Whether there is nothing to do. */
  public boolean isDone() {
    return items.stream().allMatch(item -> item.state() == State.EXISTS);
  }

  /** The objects in this state, in the order of creation. */
  public List<String> objects(State state) {
    return items.stream().filter(item -> item.state() == state).map(Item::object).toList();
  }

  /**
   * What {@link CommunicationsMigration#apply} would run now; empty when there is nothing to do.
   */
  public String sql() {
    return items.stream()
        .filter(item -> item.state() != State.EXISTS)
        .map(item -> "-- " + item.object() + "\n" + item.sql() + "\n")
        .collect(Collectors.joining("\n"));
  }
}
