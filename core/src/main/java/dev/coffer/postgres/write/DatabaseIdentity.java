package dev.coffer.postgres.write;

/**
 * Which database it is, whatever the name and the address it goes by.
 *
 * @param systemIdentifier of the cluster (PostgreSQL manual, {@code pg_control_system})
 * @param oid of the database within it; another one after it was dropped and made again
 */
public record DatabaseIdentity(String systemIdentifier, long oid, String name) {

  /** Whether it is the same database, which may have been renamed. */
  public boolean same(DatabaseIdentity other) {
    return systemIdentifier.equals(other.systemIdentifier) && oid == other.oid;
  }
}
