package dev.coffer.cli.restore;

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

/** {@code coffer undo}. */
@Command(
    name = "undo",
    description = "Take a restore back.",
    footer = {
      "",
      "The rows that the restore touched become what they were. If some have been changed again",
      "since then, they are named, and nothing is changed. An undo can be undone.",
      "",
      "Example:",
      "  coffer undo R-2026-01-25T14-30-45-123Z --database postgresql://user@host/portal"
          + " --confirm portal"
    })
public final class UndoCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "RESTORE_ID", description = "As 'coffer restore' told it.")
  String restoreId = "";

  @Mixin final DatabaseOption database = new DatabaseOption();

  @Option(names = "--dry-run", description = "Show the plan and change nothing.")
  boolean dryRun;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "Do it; NAME is the name of the database that is to be changed.")
  Optional<String> confirm = Optional.empty();

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
      description = "The profile that the restore was given; may be given repeatedly.")
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

  public UndoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new UndoRun(session, this).run();
  }
}
