package dev.coffer.server.backups;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerException;
import dev.coffer.embedded.TrialServers;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.ServerSettings;
import java.util.Map;
import java.util.Optional;

/**
 * The server that a backup is restored on for trial: the one that is configured, or one of its own
 * for the while.
 */
record TrialServer(ConnectionSettings connection, Optional<EmbeddedServer> own)
    implements AutoCloseable {

  /**
   * Finds or starts one.
   *
   * @param majorVersion of the server that the backup was taken from
   * @throws CofferException {@code DATABASE_FAILED} where there is none, {@code INTERRUPTED}
   */
  static TrialServer forBackupOf(int majorVersion, ServerSettings settings) {
    if (settings.proofServer().isPresent()) {
      return new TrialServer(settings.proofServer().get(), Optional.empty());
    }
    try {
      EmbeddedServer server = TrialServers.start(majorVersion);
      return new TrialServer(
          ConnectionSettings.resolve(
              Optional.of(server.url("postgres")), Map.of(), settings.cofferHome()),
          Optional.of(server));
    } catch (ServerException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", failure);
      }
      throw new CofferException(
          ErrorCode.DATABASE_FAILED,
          failure.fact(),
          failure.hint() + " Or name a server for proofs with --prove-server.",
          failure);
    }
  }

  /** Stops its own with all of its data, even when the work is cancelled. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    own.ifPresent(EmbeddedServer::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
