package dev.coffer.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * As whom a server runs. PostgreSQL refuses to run as root, so root starts it through a command
 * that gives the rights up.
 *
 * @param command put before the server's own command; empty when nothing is to be given up
 * @param name the user who must own the data; empty when it stays with the caller
 */
record ServerUser(List<String> command, String name) {
  private static final ServerUser CALLER = new ServerUser(List.of(), "");
  private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

  /** Decides once for a machine and a caller, by trying. */
  static ServerUser find(ServerBinaries binaries) {
    if (!ShortCommand.output("id", "-u").equals("0")) {
      return CALLER;
    }
    String version = binaries.folder().resolve("postgres").toString();
    // A user namespace without a mapping: no longer root, yet still the owner of root's files.
    ServerUser namespace = new ServerUser(List.of("unshare", "-U"), "");
    Stream<ServerUser> users = UNPRIVILEGED.stream().map(ServerUser::unprivileged);
    return Stream.concat(Stream.of(namespace), users)
        .filter(user -> ShortCommand.succeeds(user.with(version, "--version")))
        .findFirst()
        .orElseThrow(() ->
            new ServerException(
                "PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works"
                    + " for "
                    + version,
                "Run as another user, or keep the program where the users "
                    + UNPRIVILEGED
                    + " may read it."));
  }

  private static ServerUser unprivileged(String user) {
    return new ServerUser(
        List.of("setpriv", "--reuid=" + user, "--regid=" + group(user), "--clear-groups"), user);
  }

  private static String group(String user) {
    String group = ShortCommand.output("id", "-g", user);
    return group.isEmpty() ? user : group;
  }

  private List<String> with(String... arguments) {
    return Stream.concat(command.stream(), Stream.of(arguments)).toList();
  }
}
