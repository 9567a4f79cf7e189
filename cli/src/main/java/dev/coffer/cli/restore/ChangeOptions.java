package dev.coffer.cli.restore;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.QuietOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For commands that change a database: where, whether, and with what patience. */
final class ChangeOptions {
  @Mixin final DatabaseOption database = new DatabaseOption();

  @Option(names = "--dry-run", description = "Show the plan and change nothing.")
  boolean dryRun;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "Do it; NAME is the name of the database that is to be changed.")
  private Optional<String> confirm = Optional.empty();

  @Mixin final IdentityOption identity = new IdentityOption();

  @Option(
      names = "--without-key",
      description = {
        "Go on where secrets cannot come back: rows that are there keep theirs; new ones get",
        "none, or one that nobody can use."
      })
  boolean withoutKey;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "What your application says about its tables; may be given repeatedly.")
  List<Path> profiles = List.of();

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      description = {
        "How long to wait for tables that others write to; 0 for ever.",
        "Default: ${DEFAULT-VALUE}."
      })
  int lockTimeout = 30;

  @Mixin final JsonOption json = new JsonOption();
  @Mixin final QuietOption quiet = new QuietOption();

  /** The database's name as it was repeated; empty where only the plan is wanted. */
  Optional<String> confirmed() {
    return dryRun ? Optional.empty() : confirm;
  }

  /** Whether nothing but the confirmation is missing. */
  boolean unconfirmed() {
    return !dryRun && confirm.isEmpty();
  }
}
