package dev.coffer.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a throw-away server is to run.
 *
 * @param folder where its work folder, with all of its data, is made and deleted again
 * @param settings lines for {@code postgresql.conf}
 */
public record ServerOptions(Path folder, List<String> settings) {
  public ServerOptions {
    settings = List.copyOf(settings);
  }

  /** In the folder for temporary files, and as durable as PostgreSQL is by default. */
  public static ServerOptions defaults() {
    return new ServerOptions(Path.of(System.getProperty("java.io.tmpdir")), List.of());
  }

  /** The same, with its data under another folder, which must exist. */
  public ServerOptions in(Path otherFolder) {
    return new ServerOptions(otherFolder, settings);
  }

  /** The same, with more lines for {@code postgresql.conf}, such as {@code wal_level = logical}. */
  public ServerOptions with(String... lines) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(lines));
    return new ServerOptions(folder, all);
  }

  /** The same, faster, and with no promise after a crash of the machine: for tests. */
  public ServerOptions withoutFsync() {
    return with("fsync = off", "synchronous_commit = off", "full_page_writes = off");
  }
}
