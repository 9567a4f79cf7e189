package dev.coffer.server.settings;

import dev.coffer.postgres.write.PrivilegeCheck;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look at a protected database found.
 *
 * @param privileges empty where it could not be asked
 * @param problem why not
 * @param hint what to do about that
 */
public record DatabaseState(
    Instant at, Optional<PrivilegeCheck> privileges, Optional<String> problem, String hint) {

  static DatabaseState of(Instant at, PrivilegeCheck privileges) {
    return new DatabaseState(at, Optional.of(privileges), Optional.empty(), "");
  }

  static DatabaseState failed(Instant at, String problem, String hint) {
    return new DatabaseState(at, Optional.empty(), Optional.of(problem), hint);
  }
}
