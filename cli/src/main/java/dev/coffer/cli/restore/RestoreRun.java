package dev.coffer.cli.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.Mode;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.Restore;
import dev.coffer.restore.RestoreRequest;
import dev.coffer.restore.record.RecordName;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Restores as the command line asks, and reports it. */
final class RestoreRun {
  private static final int MOST_JOBS = 64;

  private final Session session;
  private final RestoreCommand command;

  RestoreRun(Session session, RestoreCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    if (command.jobs < 1 || command.jobs > MOST_JOBS) {
      throw new CofferException(
          ErrorCode.USAGE,
          "--jobs is " + command.jobs,
          "Give a number from 1 to " + MOST_JOBS + ".");
    }
    Path backup = BackupArgument.find(session, command.backup);
    BackupRequest live = LiveDatabase.request(session, command.change);
    List<RecordName> records = records();
    RestoreCommand.How standard = standard(records);
    Mode mode = Mode.valueOf(command.mode.orElse(standard).name());
    RestoreRequest request =
        new RestoreRequest(
            backup,
            live,
            mode,
            command.tables,
            records,
            Identities.forSecrets(session, command.change.identity, backup),
            command.change.withoutKey,
            command.change.confirmed(),
            KeyHome.at(session.cofferHome()).trustedSigners(),
            command.jobs,
            command.takeOver,
            command.skipBadRows,
            Optional.empty());
    Outcome outcome;
    try (ShownProgress progress =
        ShownProgress.on(session, command.change.quiet.quiet() || command.change.json.json())) {
      live.database().notices().forEach(progress::notice);
      outcome = Restore.run(request, progress);
    }
    RestoreReport report =
        new RestoreReport(
            session,
            outcome,
            "restore",
            String.valueOf(backup.getFileName()),
            command.change.withoutKey);
    boolean unconfirmed = command.change.unconfirmed();
    return command.change.json.json() ? report.json(unconfirmed) : report.text(unconfirmed);
  }

  /** What is done where {@code --mode} does not say. */
  private RestoreCommand.How standard(List<RecordName> records) {
    if (records.isEmpty()) {
      return RestoreCommand.How.EXACT;
    }
    return command.takeOver ? RestoreCommand.How.MERGE : RestoreCommand.How.MISSING;
  }

  private List<RecordName> records() {
    List<RecordName> records = new ArrayList<>();
    command.records.forEach(text -> records.add(RecordName.parse(text)));
    command.customers.forEach(text -> records.add(new RecordName.ByWord("customer", text)));
    if (!records.isEmpty() && !command.tables.isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "--table goes with neither --record nor --customer",
          "A record is restored with all that belongs to it.");
    }
    return records;
  }
}
