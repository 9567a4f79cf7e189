package dev.coffer.restore.record;

/**
 * Why a row is left alone, or what else a person should know of it.
 *
 * @param detail names of tables, columns and constraints, and keys of rows; no other value
 */
public record Conflict(Reason reason, String detail) {

  /** What stands in the way of a row. */
  public enum Reason {
    /** The row is there, and a reference of it leads to another record than in the backup. */
    BELONGS_TO_ANOTHER,
    /** Another row has the key now. */
    KEY_TAKEN,
    /** A row that stays has values that must be unique. */
    UNIQUE_IN_USE,
    /** It refers to a row that exists neither in the database nor in the backup. */
    PARENT_GONE,
    /** It refers to a row here that is left alone. */
    PARENT_LEFT_ALONE,
    /** The database has no such table any more. */
    TABLE_GONE,
    /**
     * The row is there, and a reference of it to the record is null now, as a deletion leaves it.
     * It is not left alone: a merge puts the reference back.
     */
    LINK_LOST;

    /**
     * Whether it may be passed over when the user says so. A row that uses a unique value is
     * deleted then, unless others refer to it.
     */
    public boolean canBeTakenOver() {
      return this == BELONGS_TO_ANOTHER || this == KEY_TAKEN || this == UNIQUE_IN_USE;
    }
  }
}
