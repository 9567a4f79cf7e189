package dev.coffer.restore.record;

/**
 * How a record is to be restored.
 *
 * @param changes whether rows that differ will be changed back ({@code merge}, {@code exact})
 * @param deletes whether live rows that belong to the record and that the backup does not hold will
 *     be deleted ({@code exact}); they are looked for only then
 * @param takeOver whether rows that belong to another record now, or whose key was taken again, are
 *     changed back too, and rows that use a unique value of the record are deleted, unless others
 *     refer to them; goes with {@code changes}
 * @param verifyAll whether every chunk of the backup is compared with its hash, not only those that
 *     are read for the record
 * @param threads how many read the backup, at least one
 */
public record RecordOptions(
    boolean changes, boolean deletes, boolean takeOver, boolean verifyAll, int threads) {

  /** Inserts what is gone. */
  public static RecordOptions missing(int threads) {
    return new RecordOptions(false, false, false, true, threads);
  }

  /** Also changes back what differs. */
  public static RecordOptions merge(int threads) {
    return new RecordOptions(true, false, false, true, threads);
  }

  /** Also deletes what belongs to the record and came after the backup. */
  public static RecordOptions exact(int threads) {
    return new RecordOptions(true, true, false, true, threads);
  }

  public RecordOptions takingOver() {
    return new RecordOptions(changes, deletes, true, verifyAll, threads);
  }

  public RecordOptions withoutVerifying() {
    return new RecordOptions(changes, deletes, takeOver, false, threads);
  }
}
