package dev.coffer.server.backups;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.BackupResult;
import dev.coffer.backup.Backups;
import dev.coffer.backup.Reasons;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Finding;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.Work;
import dev.coffer.server.web.Words;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Takes and checks backups, in the background. */
@Component
public class BackupWork {
  private static final int CONNECTIONS =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  private final ServerSettings settings;
  private final JobRunner runner;
  private final Verifications verifications;
  private final ProofWork proofs;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Words words;
  private final List<BiConsumer<BackupKind, Job>> watchers = new CopyOnWriteArrayList<>();

  BackupWork(
      ServerSettings settings,
      JobRunner runner,
      Verifications verifications,
      ProofWork proofs,
      AuditTrail audit,
      InstantSource clock,
      Words words) {
    this.settings = settings;
    this.runner = runner;
    this.verifications = verifications;
    this.proofs = proofs;
    this.audit = audit;
    this.clock = clock;
    this.words = words;
  }

  /**
   * Begins a backup of the protected database.
   *
   * @throws CofferException {@code REASON_INVALID}, or {@code USAGE} where no database is named
   */
  public Job take(BackupKind kind, String reason, Actor actor) {
    String checked = Reasons.check(kind, reason);
    ConnectionSettings database = database();
    return runner.submit(
        JobKind.BACKUP,
        "",
        checked,
        actor,
        progress -> {
          BackupResult taken = take(database, kind, checked, actor, progress);
          boolean sound = check(taken.file(), actor, progress);
          proveIf(sound, taken, actor);
          return result(taken.file(), taken, sound);
        },
        job -> over(kind, job));
  }

  /**
   * Begins a backup of the kind {@code database}, and a script in SQL made from it, which is the
   * job's subject.
   *
   * @throws CofferException as {@link #take}
   */
  Job takeAsSql(String reason, Actor actor) {
    String checked = Reasons.check(BackupKind.DATABASE, reason);
    ConnectionSettings database = database();
    return runner.submit(
        JobKind.BACKUP,
        "",
        checked,
        actor,
        progress -> {
          BackupResult taken = take(database, BackupKind.DATABASE, checked, actor, progress);
          boolean sound = check(taken.file(), actor, progress);
          Path script = SqlDump.write(settings.backups(), taken.info(), progress);
          proveIf(sound, taken, actor);
          return result(script, taken, sound);
        },
        job -> over(BackupKind.DATABASE, job));
  }

  private void over(BackupKind kind, Job job) {
    writeDown(audit, job, Action.BACKUP_CREATED);
    watchers.forEach(watcher -> watcher.accept(kind, job));
  }

  /** From now on {@code watcher} is told of every backup that has ended here, well or not. */
  public void watch(BiConsumer<BackupKind, Job> watcher) {
    watchers.add(watcher);
  }

  private ConnectionSettings database() {
    return settings
        .database()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.USAGE,
                "the server does not know which database to protect",
                "Start it with --database, or with DATABASE_URL set."));
  }

  private BackupResult take(
      ConnectionSettings database, BackupKind kind, String reason, Actor actor, Progress progress) {
    return Backups.take(
        new BackupRequest(
            database,
            kind,
            reason,
            actor.name(),
            settings.backups(),
            Compression.ZSTD,
            PortalProfiles.all(),
            KeyHome.at(settings.cofferHome()),
            List.of(),
            CONNECTIONS,
            settings.cofferVersion()),
        progress);
  }

  private Work.Result result(Path file, BackupResult taken, boolean sound) {
    return new Work.Result(
        String.valueOf(file.getFileName()),
        words.count(taken.info().totalRecords().orElse(0L), "record")
            + ", "
            + words.size(taken.fileSize())
            + (sound ? "" : ". But the check of it found damage: see there."));
  }

  /** Nobody who waits for the backup waits for its proof. */
  private void proveIf(boolean sound, BackupResult taken, Actor actor) {
    if (sound) {
      proofs.proveTaken(taken.file(), actor);
    }
  }

  /** Begins a check of a backup. */
  Job verify(Backup backup, Actor actor) {
    return runner.submit(
        JobKind.VERIFICATION,
        backup.name(),
        "",
        actor,
        progress -> {
          boolean sound = check(backup.info().file(), actor, progress);
          return new Work.Result(
              backup.name(), sound ? "It is whole." : "It is damaged: see there.");
        },
        job -> writeDown(audit, job, Action.BACKUP_VERIFIED));
  }

  private boolean check(Path file, Actor actor, Progress progress) {
    KeyHome keys = KeyHome.at(settings.cofferHome());
    VerificationReport report =
        Verifier.verify(
            file, new VerifyOptions(List.of(), keys.trustedSigners(), CONNECTIONS), progress);
    verifications.put(
        file,
        new Verification(
            clock.instant(),
            actor.name(),
            report.sound(),
            report.findings().stream().map(BackupWork::words).toList()));
    return report.sound();
  }

  private static String words(Finding finding) {
    return finding.place() + ": " + finding.meaning();
  }

  static void writeDown(AuditTrail audit, Job job, Action action) {
    Outcome outcome =
        switch (job.state()) {
          case DONE -> Outcome.DONE;
          case CANCELLED -> Outcome.CANCELLED;
          case FAILED, WAITING, RUNNING -> Outcome.FAILED;
        };
    audit.append(job.actor(), action, job.subject(), job.reason(), outcome, job.outcome());
  }
}
