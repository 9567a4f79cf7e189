package dev.coffer.cli.backup;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.BackupResult;
import dev.coffer.backup.Backups;
import dev.coffer.backup.Reasons;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.terminal.Who;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes one backup as the command line asks, and reports it. */
final class BackupRun {
  private static final int MOST_CONNECTIONS = 64;

  /** What the server's setting, in milliseconds, can hold. */
  private static final int MOST_SECONDS = Integer.MAX_VALUE / 1000;

  private final Session session;
  private final BackupCommand command;

  BackupRun(Session session, BackupCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    BackupRequest request = request();
    long start = System.nanoTime();
    BackupResult result;
    try (ShownProgress progress =
        ShownProgress.on(session, command.quiet.quiet() || command.json.json())) {
      request.database().notices().forEach(progress::notice);
      result = Backups.take(request, progress);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    BackupReport report = new BackupReport(session, result, seconds);
    if (command.json.json()) {
      report.json();
    } else if (command.quiet.quiet()) {
      report.path();
    } else {
      report.text();
    }
    return ExitStatus.DONE;
  }

  private BackupRequest request() {
    BackupKind kind = BackupKind.valueOf(command.kind.name());
    String reason = Reasons.check(kind, command.reason);
    if (command.connections < 1 || command.connections > MOST_CONNECTIONS) {
      throw new CofferException(
          ErrorCode.USAGE,
          "--connections is " + command.connections,
          "Give a number from 1 to " + MOST_CONNECTIONS + ".");
    }
    SharedSnapshot.Timeouts timeouts =
        new SharedSnapshot.Timeouts(
            seconds("--lock-timeout", command.lockTimeout),
            seconds("--statement-timeout", command.statementTimeout));
    return new BackupRequest(
            ConnectionSettings.resolve(
                command.database.database(), session.environment(), session.userHome()),
            kind,
            reason,
            command.createdBy.orElseGet(() -> Who.is(session)),
            BackupsFolder.forWriting(session, command.to),
            Compression.valueOf(command.compression.name()),
            profiles(command.profiles),
            KeyHome.at(session.cofferHome()),
            command.encryptTo.stream().map(Recipient::parse).toList(),
            command.connections,
            VersionText.version())
        .withTimeouts(timeouts);
  }

  private static Duration seconds(String option, int seconds) {
    if (seconds < 0 || seconds > MOST_SECONDS) {
      throw new CofferException(
          ErrorCode.USAGE,
          option + " is " + seconds,
          "Give seconds from 1 to " + MOST_SECONDS + ", or 0 for no limit.");
    }
    return Duration.ofSeconds(seconds);
  }

  /** Those of the files come first: they are asked for. */
  private static List<Profile> profiles(List<Path> files) {
    List<Profile> profiles = new ArrayList<>();
    files.forEach(file -> profiles.add(ProfileReader.read(file)));
    profiles.addAll(PortalProfiles.all());
    return profiles;
  }
}
