package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.Cancellable;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.CommitFate;
import dev.coffer.postgres.write.Marker;
import dev.coffer.postgres.write.Remains;
import dev.coffer.postgres.write.RestoreLock;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds the database that a backup is of in an empty one. What arrives is what was signed: every
 * chunk is compared with its hash before its rows are sent, every table's count and hash before
 * anything is made to last.
 */
public final class Rebuild {

  private Rebuild() {}

  /**
   * Rebuilds. May be ended by interrupting the thread; the database is then empty again.
   *
   * @param backup stays open
   * @throws CofferException {@code TARGET_EXISTS} for a database that is not empty, {@code
   *     KEY_NEEDED}, {@code BACKUP_DAMAGED}, {@code DATABASE_PRIVILEGES} with all that is missing,
   *     {@code CONSTRAINT_VIOLATED}, {@code RESTORE_RUNNING}, {@code TARGET_FULL}, and others of
   *     the {@code DATABASE_} family; the database is then empty as before, unless the connection
   *     was lost at the end and the message says that nobody knows
   */
  public static RebuildResult into(
      OpenedBackup backup, ConnectionSettings target, RebuildOptions options, Progress progress) {
    return into(backup, target, options, CommitWatch.NONE, progress);
  }

  /**
   * The same.
   *
   * @param watch is told of the end by the thread that works
   */
  public static RebuildResult into(
      OpenedBackup backup,
      ConnectionSettings target,
      RebuildOptions options,
      CommitWatch watch,
      Progress progress) {
    requireKey(backup, options);
    return Cancellable.call(
        "nothing was restored", () -> rebuild(backup, target, options, watch, progress));
  }

  /**
   * Finds out, where the key is missing, whether a rebuild could do without it: makes the tables in
   * a transaction that is rolled back.
   *
   * @throws CofferException as {@link #into} does, as far as that is known before a row is loaded
   */
  public static void rehearse(OpenedBackup backup, ConnectionSettings target, Progress progress) {
    if (!lacksKey(backup)) {
      return;
    }
    try (TargetSession session =
        TargetSession.open(target, backup.header().source().serverVersion())) {
      RestoreLock.take(session);
      new OneTransaction(Source.of(backup, progress), session).rehearse();
    }
  }

  private static boolean lacksKey(OpenedBackup backup) {
    return !backup.opensSecrets()
        && backup.header().schema().tables().stream()
            .filter(table -> !table.sealedColumns().isEmpty())
            .anyMatch(table -> !backup.chunks(table).isEmpty());
  }

  private static void requireKey(OpenedBackup backup, RebuildOptions options) {
    if (lacksKey(backup) && !options.withoutKey()) {
      throw new CofferException(
          ErrorCode.KEY_NEEDED,
          "the backup seals passwords or bank details, and no identity opens them",
          "Name the identity with --identity FILE. With --without-key the restore goes on: those"
              + " columns become null, or values that nobody can use.");
    }
  }

  private static RebuildResult rebuild(
      OpenedBackup backup,
      ConnectionSettings target,
      RebuildOptions options,
      CommitWatch watch,
      Progress progress)
      throws InterruptedException {
    int jobs = options.jobs();
    Source source = Source.of(backup, progress);
    progress.expect(
        source.tables().size(),
        backup.metadata().totalRecords(),
        source.tables().stream().mapToLong(source::bytes).sum());
    progress.stage("connecting");
    List<String> notices = new ArrayList<>();
    source.dangling().notes().forEach(key -> notices.add("Not enforced for existing rows: " + key));
    try (TargetSession session =
        TargetSession.open(target, backup.header().source().serverVersion())) {
      version(backup.header(), session).ifPresent(notices::add);
      RestoreLock.take(session);
      recover(session).ifPresent(notices::add);
      notices.forEach(progress::notice);
      List<String> leftOut;
      LastCommit end =
          new LastCommit(
              target, watch, progress, jobs == 1 ? CommitFate::of : ManyConnections::fate);
      if (jobs == 1) {
        leftOut = new OneTransaction(source, session).run(end);
        Analysis.run(
                end.hasLostConnection() ? Optional.empty() : Optional.of(session), target, source)
            .ifPresent(notices::add);
      } else {
        leftOut = new ManyConnections(source, target, options, end).run(session);
      }
      if (end.hasLostConnection()) {
        notices.add("The connection was lost at the end; the server has completed the restore.");
      }
      return new RebuildResult(
          backup.metadata().totalRecords(),
          source.totals().rows(),
          leftOut,
          source.totals().lost(source.sealed()),
          notices);
    }
  }

  private static Optional<String> version(BackupHeader header, TargetSession session) {
    int from = header.source().serverVersion() / 10_000;
    int to = session.version().major();
    return to >= from
        ? Optional.empty()
        : Optional.of(
            "The backup is of PostgreSQL %d and the server is PostgreSQL %d: what is newer than it"
                    .formatted(from, to)
                + " cannot be created.");
  }

  /** Drops what a killed run with several connections has left, and tells of it. */
  private static Optional<String> recover(TargetSession session) {
    Optional<Marker> marker = Marker.find(session);
    marker.ifPresent(found -> Remains.drop(session, found));
    return marker.map(found ->
        "A restore of "
            + found.backup()
            + " into this database had been killed; what it had made"
            + " was dropped.");
  }
}
