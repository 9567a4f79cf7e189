package dev.coffer.testkit;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real PostgreSQL servers, one of each release for all tests of a Java process, started on first
 * use and gone when the process ends. Tests share them, so each test works in a {@link
 * TestDatabase} of its own and creates roles by {@link TestDatabase#uniqueName}.
 */
public final class Servers {
  /** The release that comes with Coffer; the others are copied beside it by this module's build. */
  private static final int BUNDLED = 18;

  /**
   * A database is three hundred files, and the tests make and drop thousands of databases, which a
   * file system on a disk has most of the work with.
   */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** Five times what the servers of three test processes were seen to hold at once. */
  private static final long ROOM = 8L << 30;

  private static final Map<String, EmbeddedServer> RUNNING = new ConcurrentHashMap<>();

  private Servers() {}

  /** The distribution's server: the one whose release its {@link PgDump} and {@link Psql} have. */
  public static EmbeddedServer debian15() {
    return RUNNING.computeIfAbsent("debian", any -> start(distribution()));
  }

  /** The distribution's programs, with {@code pg_basebackup} among them. */
  public static ServerBinaries distribution() {
    return ServerBinaries.at(Programs.folder());
  }

  /**
   * One of the packed releases.
   *
   * @param majorVersion 13, or 15 to 18
   */
  public static EmbeddedServer embedded(int majorVersion) {
    return RUNNING.computeIfAbsent("embedded " + majorVersion, any -> start(packed(majorVersion)));
  }

  /** The programs of a packed release, for a test that starts a server with its own options. */
  public static ServerBinaries packed(int majorVersion) {
    if (majorVersion == BUNDLED) {
      return ServerBinaries.bundled();
    }
    String jars = System.getProperty("coffer.test.postgres.jars");
    if (jars == null) {
      throw new IllegalStateException(
          "Run with -Dcoffer.test.postgres.jars=<project>/target/postgresql, as Maven does");
    }
    return ServerBinaries.fromJar(Path.of(jars, "postgresql-" + majorVersion + ".jar"));
  }

  private static EmbeddedServer start(ServerBinaries binaries) {
    ServerOptions options = ServerOptions.defaults().withoutFsync().with("max_connections = 200");
    return EmbeddedServer.start(binaries, inMemory() ? options.in(MEMORY) : options);
  }

  private static boolean inMemory() {
    try {
      return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    } catch (IOException notHere) {
      return false;
    }
  }
}
