package dev.coffer.cli.prove;

import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.QuietOption;
import dev.coffer.cli.terminal.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer prove}. */
@Command(
    name = "prove",
    description = "Restore a backup into a throw-away database and compare every row.",
    footer = {
      "",
      "Writes a signed proof beside the backup; list and show then say 'proven'. Without --server",
      "a PostgreSQL of its own is started: of the backup's major version if one is installed.",
      "",
      "Exit status 0 when it is proven, 1 when it is not, 3 when it is damaged.",
      "",
      "Examples:",
      "  coffer prove latest",
      "  coffer prove latest --server postgresql://postgres@localhost/postgres"
    })
public final class ProveCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  private String backup = "";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A server on which you may create databases. What is there stays as it is.")
  private Optional<String> server = Optional.empty();

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  public ProveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Proving(session, identity, server).run(backup, json.json(), quiet.quiet());
  }
}
