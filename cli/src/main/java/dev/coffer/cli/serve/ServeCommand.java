package dev.coffer.cli.serve;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.Session;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coffer serve}. */
@Command(
    name = "serve",
    description = "Serve the admin's pages and the HTTP interface.",
    footer = {
      "",
      "Prints the address and, until somebody has signed in, the first admin's password.",
      "Ends with Ctrl-C. docs/server.md tells more.",
      "",
      "Environment, besides 'coffer --help':",
      "  COFFER_STATE_URL     a PostgreSQL for users, jobs and the audit trail",
      "                       (default: a file in COFFER_HOME/state)",
      "  COFFER_PROVE_SERVER  where backups are restored on trial"
    })
public final class ServeCommand implements Callable<Integer> {
  private final Session session;

  @Mixin final DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Where to listen. Default: 8080.")
  int port = 8080;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = {
        "At which of this machine's addresses to listen. Default: 127.0.0.1, which only",
        "programs on this machine reach."
      })
  String address = "127.0.0.1";

  @Option(
      names = {"-t", "--to"},
      paramLabel = "DIR",
      description = "The backups' folder. Default: COFFER_BACKUPS, then backups.")
  Optional<Path> to = Optional.empty();

  @Option(
      names = "--prove-server",
      paramLabel = "URL",
      description = {
        "Where backups are restored on trial: a server on which you may create databases.",
        "Default: COFFER_PROVE_SERVER, then a PostgreSQL of its own for the while."
      })
  Optional<String> proveServer = Optional.empty();

  @Option(
      names = "--behind-proxy",
      description = "Believe a proxy on a private address who calls, and whether by https.")
  boolean behindProxy;

  @Option(
      names = "--idle-minutes",
      paramLabel = "N",
      description = "After how long without use a session ends. Default: 30.")
  int idleMinutes = 30;

  /** Starts, opens the first page and ends: what the start is trained on. */
  @Option(names = "--once", hidden = true)
  boolean once;

  public ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      return new Serving(session, this).run();
    } catch (NoClassDefFoundError absent) {
      throw ServerLibraries.absent(absent, "coffer serve");
    }
  }
}
