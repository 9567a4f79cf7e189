package dev.coffer.restore.rebuild;

/**
 * How to rebuild.
 *
 * @param jobs 1 for one connection and one transaction, so that a run that ends early leaves the
 *     database empty; more for as many connections that commit as they go: faster, and a run that
 *     is killed leaves a part, which the next run recognises and removes. Rows of a table that
 *     several load stand in another order
 * @param withoutKey whether to go on where sealed values stay closed: they become null, or values
 *     that nobody can use
 * @param throwAway whether the database is thrown away where this fails, so that nothing needs to
 *     be taken back
 */
public record RebuildOptions(int jobs, boolean withoutKey, boolean throwAway) {
  public static final RebuildOptions DEFAULT = new RebuildOptions(1, false);

  /** Into a database that is to be kept. */
  public RebuildOptions(int jobs, boolean withoutKey) {
    this(jobs, withoutKey, false);
  }

  public RebuildOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: " + jobs);
    }
  }
}
