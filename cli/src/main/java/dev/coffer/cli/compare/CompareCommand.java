package dev.coffer.cli.compare;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.QuietOption;
import dev.coffer.cli.terminal.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer compare}. */
@Command(
    name = "compare",
    description = "Say what differs between a backup and a database, or two backups.",
    footer = {
      "",
      "Without another backup, the database is compared. Nothing is written to it.",
      "",
      "Examples:",
      "  coffer compare latest",
      "  coffer compare latest --table sales --rows",
      "  coffer compare monday.json.zst friday.json.zst --exit-code"
    })
public final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  String backup = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER_BACKUP",
      description = "Another one. The older of the two is the earlier state.")
  Optional<String> other = Optional.empty();

  @Mixin final DatabaseOption database = new DatabaseOption();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by its name in a backup; may be given repeatedly.")
  List<String> tables = List.of();

  @Option(
      names = "--rows",
      description = "Show every row that differs, and its values. Secrets are never shown.")
  boolean rows;

  @Option(names = "--exit-code", description = "End with status 1 if anything differs.")
  boolean exitCode;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = {
        "What your application says about its tables (YAML); may be given repeatedly.",
        "The sales portal's is built in."
      })
  List<Path> profiles = List.of();

  @Mixin final IdentityOption identity = new IdentityOption();
  @Mixin final JsonOption json = new JsonOption();
  @Mixin final QuietOption quiet = new QuietOption();

  public CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new CompareRun(session, this).run();
  }
}
