package dev.coffer.server.restores;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.SealingCheck;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.Profiles;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.PlanPin;
import dev.coffer.restore.Restore;
import dev.coffer.restore.RestoreRequest;
import dev.coffer.restore.TablePlan;
import dev.coffer.restore.Undo;
import dev.coffer.restore.UndoRequest;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.restore.legacy.LegacyDocument;
import dev.coffer.restore.record.RecordName;
import dev.coffer.restore.record.RecordSearch;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Calls the engine as a restore by the page needs it. */
@Component
class RestoreEngine {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
  private static final int CANDIDATES = 25;
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

  private final ServerSettings settings;
  private final KeyHome keys;

  RestoreEngine(ServerSettings settings) {
    this.settings = settings;
    keys = KeyHome.at(settings.cofferHome());
  }

  Outcome plan(RestoreOrder order, List<Identity> identities, Actor actor, Progress progress) {
    // The fingerprints that a plan is pinned by are made with the key that signs.
    if (!keys.hasSigningKey()) {
      var _ = keys.generate();
    }
    return run(order, identities, actor, Optional.empty(), Optional.empty(), progress);
  }

  Outcome apply(
      RestoreOrder order,
      List<Identity> identities,
      Actor actor,
      String database,
      Optional<PlanPin> seen,
      Progress progress) {
    return run(order, identities, actor, Optional.of(database), seen, progress);
  }

  private Outcome run(
      RestoreOrder order,
      List<Identity> identities,
      Actor actor,
      Optional<String> confirm,
      Optional<PlanPin> seen,
      Progress progress) {
    boolean withoutKey = order.key() == KeyUse.WITHOUT;
    return switch (order) {
      case RestoreOrder.FromBackup from ->
          Restore.run(
              new RestoreRequest(
                  from.file(),
                  live(actor),
                  from.mode(),
                  from.tables(),
                  from.records(),
                  identities,
                  withoutKey,
                  confirm,
                  keys.trustedSigners(),
                  1,
                  false,
                  false,
                  seen),
              progress);
      case RestoreOrder.TakeBack back ->
          Undo.run(
              new UndoRequest(back.restoreId(), live(actor), identities, withoutKey, confirm),
              progress);
    };
  }

  private BackupRequest live(Actor actor) {
    return new BackupRequest(
            settings.database().orElseThrow(),
            BackupKind.DATABASE,
            "",
            actor.name(),
            settings.backups(),
            Compression.ZSTD,
            PortalProfiles.all(),
            keys,
            List.of(),
            THREADS,
            settings.cofferVersion())
        .withTimeouts(new SharedSnapshot.Timeouts(LOCK_TIMEOUT, Duration.ZERO));
  }

  /** The file whose secrets a restore needs. */
  Path locked(RestoreOrder order) {
    return switch (order) {
      case RestoreOrder.FromBackup from -> from.file();
      case RestoreOrder.TakeBack back -> safetyOf(back.restoreId());
    };
  }

  /** Whether a restore reads that file. */
  boolean isFrom(RestoreOrder order, Path file) {
    try {
      return locked(order).toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize());
    } catch (CofferException notInTheJournal) {
      return false;
    }
  }

  /**
   * The backup that was taken before a restore.
   *
   * @throws CofferException {@code RESTORE_NOT_FOUND}
   */
  Path safetyOf(String restoreId) {
    JournalEntry entry = Journal.in(settings.backups()).find(restoreId);
    if (entry.rebuild()) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          restoreId + " filled a database that was empty, which cannot be undone",
          "There was nothing before it.");
    }
    return settings.backups().resolve(entry.safety());
  }

  /** The records whose secrets have to be set anew, as people call them; not of earlier systems. */
  List<RecordSearch.Found> resets(RestoreOrder order, Outcome plan, List<Identity> identities) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (TablePlan table : plan.plan().tables()) {
      if (!table.resetKeys().isEmpty()) {
        wanted.put(table.name(), table.resetKeys());
      }
    }
    Path file = locked(order);
    if (wanted.isEmpty() || LegacyDocument.isLegacy(file)) {
      return List.of();
    }
    try (ScratchBackup backup = ScratchBackup.open(file, fitting(file, identities))) {
      return RecordSearch.named(
          backup.backup(),
          Profiles.choose(PortalProfiles.all(), backup.backup().header().schema().tables()),
          wanted,
          THREADS);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  /** The records of a backup that a name fits. */
  List<RecordSearch.Found> find(Path file, List<Identity> identities, RecordName name) {
    try (ScratchBackup backup = ScratchBackup.open(file, fitting(file, identities))) {
      return RecordSearch.find(
          backup.backup(),
          Profiles.choose(PortalProfiles.all(), backup.backup().header().schema().tables()),
          name,
          CANDIDATES,
          THREADS);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  private static List<Identity> fitting(Path file, List<Identity> identities) {
    return SealingCheck.fitting(file, identities);
  }

  private static CofferException unreadable(Path file, IOException cause) {
    return new CofferException(
        ErrorCode.FILE_UNREADABLE, file + " cannot be read", "Try again.", cause);
  }
}
