package dev.coffer.model;

/**
 * A column of a table.
 *
 * @param name as in the catalog
 * @param key the column's key in the document's rows, unique within its table
 * @param type as PostgreSQL's {@code format_type} writes it, with modifiers: {@code numeric(65,30)}
 * @param kind how values are written
 * @param sealed whether rows read {@code [ENCRYPTED]} and the value travels sealed
 * @param generation how the server fills the column
 */
public record Column(
    String name,
    String key,
    String type,
    ValueKind kind,
    boolean notNull,
    boolean sealed,
    Generation generation) {

  /** How a column gets its value when a row does not give one. */
  public enum Generation {
    NONE,
    /** {@code GENERATED ALWAYS AS IDENTITY}: a restore writes it with {@code OVERRIDING}. */
    IDENTITY_ALWAYS,
    IDENTITY_BY_DEFAULT,
    /** Computed from other columns: not in the rows, computed again after a restore. */
    STORED,
    VIRTUAL;

    /** Whether the value is computed and therefore not part of a row in the document. */
    public boolean computed() {
      return this == STORED || this == VIRTUAL;
    }
  }

  public Column withSealed(boolean nowSealed) {
    return new Column(name, key, type, kind, notNull, nowSealed, generation);
  }

  public Column withKey(String newKey) {
    return new Column(name, newKey, type, kind, notNull, sealed, generation);
  }
}
