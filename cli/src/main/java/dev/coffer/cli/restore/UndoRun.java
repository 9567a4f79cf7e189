package dev.coffer.cli.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.Session;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.Undo;
import dev.coffer.restore.UndoRequest;

/** Undoes as the command line asks, and reports it. */
final class UndoRun {
  private final Session session;
  private final UndoCommand command;

  UndoRun(Session session, UndoCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    BackupRequest live = LiveDatabase.request(session, command.change);
    UndoRequest request =
        new UndoRequest(
            command.restoreId,
            live,
            Identities.of(session, command.change.identity),
            command.change.withoutKey,
            command.change.confirmed());
    Outcome outcome;
    try (ShownProgress progress =
        ShownProgress.on(session, command.change.quiet.quiet() || command.change.json.json())) {
      live.database().notices().forEach(progress::notice);
      outcome = Undo.run(request, progress);
    }
    RestoreReport report =
        new RestoreReport(session, outcome, "undo", command.restoreId, command.change.withoutKey);
    boolean unconfirmed = command.change.unconfirmed();
    return command.change.json.json() ? report.json(unconfirmed) : report.text(unconfirmed);
  }
}
