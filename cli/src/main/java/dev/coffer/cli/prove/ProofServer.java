package dev.coffer.cli.prove;

import dev.coffer.cli.terminal.Session;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerException;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The server that a backup is proven on: the user's, or one of its own for the while. */
record ProofServer(ConnectionSettings settings, Optional<EmbeddedServer> own)
    implements AutoCloseable {
  private static final Path DISTRIBUTION = Path.of("/usr/lib/postgresql");

  static ProofServer at(Session session, String url) {
    return new ProofServer(
        ConnectionSettings.resolve(Optional.of(url), session.environment(), session.userHome()),
        Optional.empty());
  }

  /**
   * Starts one of the given major version, if there are programs of it; else of the next newer one;
   * else of the newest.
   */
  static ProofServer ofItsOwn(Session session, int majorVersion) {
    try {
      // Its data is thrown away, so nothing needs to survive a crash.
      EmbeddedServer server =
          EmbeddedServer.start(
              choose(majorVersion),
              ServerOptions.defaults()
                  .withoutFsync()
                  .with("wal_level = minimal", "max_wal_senders = 0", "max_wal_size = 4GB"));
      return of(session, server);
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

  private static ServerBinaries choose(int majorVersion) {
    List<ServerBinaries> all = new ArrayList<>();
    add(all, ServerBinaries::bundled);
    for (Path folder : installed()) {
      add(all, () -> ServerBinaries.at(folder));
    }
    Comparator<ServerBinaries> byVersion = Comparator.comparingInt(ServerBinaries::majorVersion);
    return all.stream()
        .filter(binaries -> binaries.majorVersion() >= majorVersion)
        .min(byVersion)
        .or(() -> all.stream().max(byVersion))
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.DATABASE_FAILED,
                "there is no PostgreSQL to start here",
                "Install PostgreSQL, or name a server with --server URL."));
  }

  private static void add(List<ServerBinaries> all, Supplier<ServerBinaries> binaries) {
    try {
      all.add(binaries.get());
    } catch (ServerException notHere) {
      // Others may be.
    }
  }

  private static List<Path> installed() {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(DISTRIBUTION)) {
      versions.forEach(version -> folders.add(version.resolve("bin")));
    } catch (IOException none) {
      // Not a system that keeps them there.
    }
    return folders;
  }

  @Override
  public void close() {
    own.ifPresent(EmbeddedServer::close);
  }
}
