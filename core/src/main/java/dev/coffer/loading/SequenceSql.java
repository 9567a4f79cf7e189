package dev.coffer.loading;

import dev.coffer.model.Identifiers;
import dev.coffer.model.SequenceState;

/** Puts a sequence where it stood (PostgreSQL manual, "Sequence Manipulation Functions"). */
public final class SequenceSql {

  private SequenceSql() {}

  public static String setting(SequenceState sequence) {
    return "SELECT pg_catalog.setval("
        + Identifiers.literal(sequence.name().sql()).strip()
        + ", "
        + sequence.lastValue()
        + ", "
        + sequence.called()
        + ");";
  }
}
