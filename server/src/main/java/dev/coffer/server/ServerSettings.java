package dev.coffer.server;

import dev.coffer.postgres.ConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a server runs.
 *
 * @param address to listen at
 * @param port to listen at; 0 takes a free one
 * @param cofferHome holds keys, and the state unless that is elsewhere
 * @param backups the backups' folder, which exists
 * @param database what is protected; empty where nobody has said yet
 * @param proofServer where backups are restored on trial, on which its role may create databases;
 *     empty for a throw-away server of Coffer's own
 * @param state the database of the state; empty for a file in {@code cofferHome}
 * @param idle how long a session lasts without use
 * @param behindProxy whether a proxy tells who calls and how, which is believed of private
 *     addresses alone
 */
public record ServerSettings(
    String address,
    int port,
    Path cofferHome,
    Path backups,
    Optional<ConnectionSettings> database,
    Optional<ConnectionSettings> proofServer,
    Optional<ConnectionSettings> state,
    Duration idle,
    boolean behindProxy,
    String cofferVersion) {

  /**
   * What is protected, one after another: several places are to be thought of, though it is one.
   */
  public List<ConnectionSettings> databases() {
    return database.stream().toList();
  }

  /**
   * What a protected database is known by in the state and in addresses: {@code host:port/name}.
   */
  public static String idOf(ConnectionSettings database) {
    return database.address() + "/" + database.database();
  }
}
