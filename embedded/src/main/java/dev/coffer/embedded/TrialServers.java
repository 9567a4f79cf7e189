package dev.coffer.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Throw-away servers on which backups are restored on trial: of the programs packed with this one,
 * and of those that the system has installed.
 */
public final class TrialServers {
  /** For a backup that does not say its version before it is opened. */
  public static final int NEWEST = Integer.MAX_VALUE;

  private static final Path DISTRIBUTION = Path.of("/usr/lib/postgresql");

  private TrialServers() {}

  /** Whether there are programs to start a server from. May take two seconds the first time. */
  public static boolean possible() {
    return nearest(NEWEST).isPresent();
  }

  /**
   * Starts one of the given major version, if there are programs of it; else of the next newer one;
   * else of the newest.
   *
   * @throws ServerException where there is none, or it does not start
   */
  public static EmbeddedServer start(int majorVersion) {
    ServerBinaries binaries =
        nearest(majorVersion)
            .orElseThrow(() ->
                new ServerException("there is no PostgreSQL to start here", "Install PostgreSQL."));
    // Its data is thrown away, so nothing needs to survive a crash.
    return EmbeddedServer.start(
        binaries,
        ServerOptions.defaults()
            .withoutFsync()
            .with("wal_level = minimal", "max_wal_senders = 0", "max_wal_size = 4GB"));
  }

  private static Optional<ServerBinaries> nearest(int majorVersion) {
    List<ServerBinaries> all = new ArrayList<>();
    add(all, ServerBinaries::bundled);
    for (Path folder : installed()) {
      add(all, () -> ServerBinaries.at(folder));
    }
    Comparator<ServerBinaries> byVersion = Comparator.comparingInt(ServerBinaries::majorVersion);
    return all.stream()
        .filter(binaries -> binaries.majorVersion() >= majorVersion)
        .min(byVersion)
        .or(() -> all.stream().max(byVersion));
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
}
