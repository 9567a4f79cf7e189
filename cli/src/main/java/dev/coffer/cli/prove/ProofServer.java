package dev.coffer.cli.prove;

import dev.coffer.cli.terminal.Session;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerException;
import dev.coffer.embedded.TrialServers;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import java.util.Map;
import java.util.Optional;

/** The server that a backup is proven on: the user's, or one of its own for the while. */
record ProofServer(ConnectionSettings settings, Optional<EmbeddedServer> own)
    implements AutoCloseable {

  static ProofServer at(Session session, String url) {
    return new ProofServer(
        ConnectionSettings.resolve(Optional.of(url), session.environment(), session.userHome()),
        Optional.empty());
  }

  /** Starts one that suits a backup of the given major version. */
  static ProofServer ofItsOwn(Session session, int majorVersion) {
    try {
      return of(session, TrialServers.start(majorVersion));
    } catch (ServerException failure) {
      throw new CofferException(
          ErrorCode.DATABASE_FAILED,
          failure.fact(),
          failure.hint() + " Or name a server with --server URL.",
          failure);
    }
  }

  static ProofServer of(Session session, EmbeddedServer server) {
    return new ProofServer(
        ConnectionSettings.resolve(
            Optional.of(server.url("postgres")), Map.of(), session.userHome()),
        Optional.of(server));
  }

  @Override
  public void close() {
    own.ifPresent(EmbeddedServer::close);
  }
}
