package dev.coffer.model;

import java.util.Optional;

/**
 * Which database it is, beyond its name. Within one cluster a name belongs to one database at a
 * time, so two of the same name are told apart by their clusters.
 *
 * @param systemIdentifier of the cluster (PostgreSQL manual, {@code pg_control_system}): physical
 *     copies and standbys share it, {@code pg_upgrade} makes another one
 * @param databaseOid of the database within it; another one after it was dropped and made again
 */
public record DatabaseOrigin(String systemIdentifier, long databaseOid) {

  /** Whether both are known, and are of different clusters. */
  public static boolean differ(Optional<DatabaseOrigin> one, Optional<DatabaseOrigin> other) {
    return one.isPresent()
        && other.isPresent()
        && !one.get().systemIdentifier().equals(other.get().systemIdentifier());
  }
}
