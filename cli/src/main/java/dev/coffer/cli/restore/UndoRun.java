package dev.coffer.cli.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.Session;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.Undo;
import dev.coffer.restore.UndoRequest;
import java.util.Optional;

/** Undoes as the command line asks, and reports it. */
final class UndoRun {
  private final Session session;
  private final UndoCommand command;

  UndoRun(Session session, UndoCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    BackupRequest live =
        LiveDatabase.request(session, command.database, command.profiles, command.lockTimeout);
    UndoRequest request =
        new UndoRequest(
            command.restoreId,
            live,
            Identities.of(session, command.identity),
            command.withoutKey,
            command.dryRun ? Optional.empty() : command.confirm);
    Outcome outcome;
    try (ShownProgress progress =
        ShownProgress.on(session, command.quiet.quiet() || command.json.json())) {
      live.database().notices().forEach(progress::notice);
      outcome = Undo.run(request, progress);
    }
    RestoreReport report = new RestoreReport(session, outcome, "undo", command.restoreId);
    boolean unconfirmed = !command.dryRun && command.confirm.isEmpty();
    return command.json.json() ? report.json(unconfirmed) : report.text(unconfirmed);
  }
}
