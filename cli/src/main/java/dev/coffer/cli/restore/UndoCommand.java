package dev.coffer.cli.restore;

import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin final ChangeOptions change = new ChangeOptions();

  public UndoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new UndoRun(session, this).run();
  }
}
