package dev.coffer.cli.compare;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.terminal.Who;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.CompareOptions;
import dev.coffer.compare.Comparison;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.model.Table;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.profile.Profiles;
import dev.coffer.progress.Progress;
import dev.coffer.restore.legacy.LegacyComparison;
import dev.coffer.restore.legacy.LegacyDocument;
import dev.coffer.seal.KeyHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares as the command line asks, and reports it. */
final class CompareRun {
  private final Session session;
  private final CompareCommand command;

  CompareRun(Session session, CompareCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    if (command.other.isPresent() && command.database.database().isPresent() && !legacy()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a backup is compared with another one or with a database, not with both",
          "Leave OTHER_BACKUP or --database out.");
    }
    List<Profile> profiles = profiles();
    try (ChangeLog log = new ChangeLog();
        Compared compared = compared(profiles, log)) {
      report(compared, profiles, log);
      return command.exitCode && !compared.result().same() ? ExitStatus.FAILED : ExitStatus.DONE;
    }
  }

  /** Whether one of two backups is read against a database. */
  private boolean legacy() {
    return LegacyDocument.isLegacy(BackupArgument.find(session, command.backup))
        || LegacyDocument.isLegacy(BackupArgument.find(session, command.other.orElseThrow()));
  }

  /** Both sides, still open, and what differs. */
  private record Compared(Sides sides, ComparisonResult result) implements AutoCloseable {
    @Override
    public void close() {
      sides.close();
    }
  }

  private Compared compared(List<Profile> profiles, ChangeLog log) {
    try (ShownProgress progress =
        ShownProgress.on(session, command.quiet.quiet() || command.json.json())) {
      Sides sides = open(profiles, progress);
      boolean done = false;
      try {
        ComparisonResult result = compare(sides, log, progress);
        done = true;
        return new Compared(sides, result);
      } finally {
        if (!done) {
          sides.close();
        }
      }
    }
  }

  private List<Profile> profiles() {
    List<Profile> profiles = new ArrayList<>();
    command.profiles.forEach(file -> profiles.add(ProfileReader.read(file)));
    profiles.addAll(PortalProfiles.all());
    return profiles;
  }

  private Sides open(List<Profile> profiles, ShownProgress progress) {
    Sides.Open first = backup(command.backup, profiles, progress);
    boolean opened = false;
    try {
      Sides.Open second =
          command.other.isPresent()
              ? backup(command.other.get(), profiles, progress)
              : live(first.backup(), profiles, progress);
      opened = true;
      return new Sides(first, second, command.other.isEmpty());
    } finally {
      if (!opened) {
        first.close();
      }
    }
  }

  /** A file of the earlier system is read against the structure that the database has now. */
  private Sides.Open backup(String argument, List<Profile> profiles, ShownProgress progress) {
    Path file = BackupArgument.find(session, argument);
    if (LegacyDocument.isLegacy(file)) {
      return Sides.Open.of(
          LegacyDocument.convert(
              file,
              database(),
              profiles,
              KeyHome.at(session.cofferHome()),
              Path.of(System.getProperty("java.io.tmpdir")),
              progress));
    }
    return Sides.Open.of(
        ScratchBackup.open(file, Identities.forSecrets(session, command.identity, file)));
  }

  private ConnectionSettings database() {
    return ConnectionSettings.resolve(
        command.database.database(), session.environment(), session.userHome());
  }

  /** Sealed as the backup is, so that chunks that are the same have the same hash. */
  private Sides.Open live(OpenedBackup backup, List<Profile> profiles, ShownProgress progress) {
    ConnectionSettings database = database();
    database.notices().forEach(progress::notice);
    BackupRequest request =
        new BackupRequest(
            database,
            backup.header().kind(),
            "To be compared",
            Who.is(session),
            session.cofferHome(),
            Compression.ZSTD,
            profiles,
            KeyHome.at(session.cofferHome()),
            List.of(),
            Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
            VersionText.version());
    return Sides.Open.of(
        ScratchBackup.of(request.forSafety(sealed(backup)), withoutNotices(progress)));
  }

  /** What a backup says of secrets and of the profile is no news here. */
  private static Progress withoutNotices(ShownProgress progress) {
    return new Progress() {
      @Override
      public void stage(String name) {
        progress.stage(name);
      }

      @Override
      public void expect(long tables, long estimatedRows, long estimatedBytes) {
        progress.expect(tables, estimatedRows, estimatedBytes);
      }

      @Override
      public void table(String logicalName, long estimatedRows) {
        progress.table(logicalName, estimatedRows);
      }

      @Override
      public void advanced(String logicalName, long rows, long bytes) {
        progress.advanced(logicalName, rows, bytes);
      }
    };
  }

  private static Set<ColumnName> sealed(OpenedBackup backup) {
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : backup.header().schema().tables()) {
      table
          .sealedColumns()
          .forEach(column -> sealed.add(new ColumnName(table.name(), column.name())));
    }
    return sealed;
  }

  private ComparisonResult compare(Sides sides, ChangeLog log, Progress progress) {
    return LegacyComparison.told(
        Comparison.compare(
            sides.before(),
            sides.after(),
            CompareOptions.of(command.tables),
            command.rows ? log : new CountedOnly(),
            progress),
        sides.earlier().fidelity(),
        sides.later().fidelity());
  }

  /** The result has the counts already. */
  private static final class CountedOnly implements ChangeSink {
    @Override
    public void table(TablePair pair) {}

    @Override
    public void change(TablePair pair, Change change) {}
  }

  private void report(Compared compared, List<Profile> profiles, ChangeLog log) {
    Sides sides = compared.sides();
    ComparisonResult result = compared.result();
    Profile profile = Profiles.choose(profiles, sides.after().header().schema().tables());
    try {
      if (command.json.json()) {
        new CompareJson(session, sides, profile, result, log).print(command.rows);
      } else {
        new CompareText(session, sides, profile, result, log)
            .print(command.rows, command.quiet.quiet());
      }
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "the differences cannot be read back from the folder for temporary files",
          "Check its disk.",
          failure);
    }
  }
}
