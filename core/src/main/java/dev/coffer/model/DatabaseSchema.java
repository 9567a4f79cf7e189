package dev.coffer.model;

import java.util.List;

/**
 * A database's structure: what has rows, what links them, and the statements that rebuild all of
 * it.
 *
 * @param statements in an order that loads
 */
public record DatabaseSchema(
    List<Table> tables,
    List<ForeignKey> foreignKeys,
    List<SequenceState> sequences,
    List<SchemaStatement> statements,
    List<NotCaptured> notCaptured) {

  public DatabaseSchema {
    tables = List.copyOf(tables);
    foreignKeys = List.copyOf(foreignKeys);
    sequences = List.copyOf(sequences);
    statements = List.copyOf(statements);
    notCaptured = List.copyOf(notCaptured);
  }
}
