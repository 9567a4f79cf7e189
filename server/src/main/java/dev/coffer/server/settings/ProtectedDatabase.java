package dev.coffer.server.settings;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.ServerSettings;
import java.util.List;

/**
 * How a protected database is reached; never its password.
 *
 * @param encryption libpq's {@code sslmode}
 * @param portalSignIn whether the admins of its application may sign in here
 */
public record ProtectedDatabase(
    String id, String address, String name, String role, String encryption, boolean portalSignIn) {

  static ProtectedDatabase of(ConnectionSettings database, List<String> withSignIn) {
    String id = ServerSettings.idOf(database);
    return new ProtectedDatabase(
        id,
        database.address(),
        database.database(),
        database.user(),
        database.parameters().getOrDefault("sslmode", "prefer"),
        withSignIn.contains(id));
  }
}
