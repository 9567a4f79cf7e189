package dev.coffer.cli;

import dev.coffer.cli.terminal.Session;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What {@code ./coffer} trains a start on (JEP 514): the demo, and then the commands as their users
 * type them, so that later starts find the classes of each ready-made, and know what is hot in a
 * database that is not small.
 */
@Command(name = "rehearse", hidden = true, description = "Run every command once, for training.")
final class RehearseCommand implements Callable<Integer> {
  private final Session session;

  RehearseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    run("demo", "--once");
    try (EmbeddedServer server =
        EmbeddedServer.start(ServerBinaries.bundled(), ServerOptions.defaults())) {
      String url = server.url("postgres");
      run("sample", "--database", url, "--scale", "10");
      run("backup", "--database", url, "--reason", "rehearsal", "--quiet");
      run("list");
      run("show", "latest");
      run("verify", "latest");
      run("compare", "latest", "--database", url);
      run("restore", "latest", "--database", url, "--confirm", "postgres");
      String empty = "template1";
      run("restore", "latest", "--database", server.url(empty), "--confirm", empty, "--jobs", "2");
    }
    return ExitStatus.DONE;
  }

  private void run(String... arguments) {
    Main.run(arguments, session.environment(), session.in(), session.out(), session.err());
  }
}
