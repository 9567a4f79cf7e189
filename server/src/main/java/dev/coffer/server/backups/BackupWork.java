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
import dev.coffer.server.jobs.Order;
import dev.coffer.server.jobs.SharedWork;
import dev.coffer.server.jobs.Work;
import dev.coffer.server.web.Words;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes and checks backups, in the background. */
@Component
public class BackupWork {
  private static final Logger LOG = LoggerFactory.getLogger(BackupWork.class);
  private static final String TAKE = "backup";
  private static final String TAKE_AS_SQL = "backup-and-sql";
  private static final String CHECK = "check";
  private static final String KIND = "kind";
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
    runner.offer(TAKE, new Taking());
    runner.offer(TAKE_AS_SQL, new TakingAsSql());
    runner.offer(CHECK, new Checking());
  }

  /**
   * Begins a backup of the protected database.
   *
   * @throws CofferException {@code REASON_INVALID}, or {@code USAGE} where no database is named
   */
  public Job take(BackupKind kind, String reason, Actor actor) {
    String checked = Reasons.check(kind, reason);
    var _ = database();
    return runner.submit(
        JobKind.BACKUP, "", checked, actor, new Order(TAKE, Map.of(KIND, kind.word())));
  }

  private final class Taking implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      BackupResult taken = take(kind(order), job, progress);
      return result(taken.file(), taken, examine(taken.file(), job.actor(), progress));
    }

    @Override
    public void over(Job job, Order order) {
      taken(kind(order), job);
    }

    private static BackupKind kind(Order order) {
      return BackupKind.of(order.get(KIND)).orElseThrow();
    }
  }

  /**
   * Begins a backup of the kind {@code database}, and a script in SQL made from it, which is the
   * job's subject.
   *
   * @throws CofferException as {@link #take}
   */
  Job takeAsSql(String reason, Actor actor) {
    String checked = Reasons.check(BackupKind.DATABASE, reason);
    var _ = database();
    return runner.submit(JobKind.BACKUP, "", checked, actor, new Order(TAKE_AS_SQL));
  }

  private final class TakingAsSql implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      BackupResult taken = take(BackupKind.DATABASE, job, progress);
      String found = examine(taken.file(), job.actor(), progress);
      return result(script(taken, progress), taken, found);
    }

    @Override
    public void over(Job job, Order order) {
      taken(BackupKind.DATABASE, job);
    }
  }

  private void taken(BackupKind kind, Job job) {
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

  private BackupResult take(BackupKind kind, Job job, Progress progress) {
    return Backups.take(
        new BackupRequest(
            database(),
            kind,
            job.reason(),
            job.actor().name(),
            settings.backups(),
            Compression.ZSTD,
            PortalProfiles.all(),
            KeyHome.at(settings.cofferHome()),
            List.of(),
            CONNECTIONS,
            settings.cofferVersion()),
        progress);
  }

  private Work.Result result(Path file, BackupResult taken, String found) {
    return new Work.Result(
        String.valueOf(file.getFileName()),
        words.count(taken.info().totalRecords().orElse(0L), "record")
            + ", "
            + words.size(taken.fileSize())
            + found);
  }

  /**
   * Checks a backup that was just taken, and begins its proof, which nobody waits for who waits for
   * the backup. It is there already, whatever happens here, also when somebody cancels.
   *
   * @return what is to be said of it; empty for a sound one
   */
  private String examine(Path file, Actor actor, Progress progress) {
    try {
      if (!check(file, actor, progress)) {
        return ". But the check of it found damage: see there.";
      }
      proofs.proveTaken(file, actor);
      return "";
    } catch (CofferException failure) {
      if (failure.code() == ErrorCode.INTERRUPTED) {
        Thread.currentThread().interrupt();
        return ". Its check was cancelled.";
      }
      return ". But it could not be checked: " + failure.fact() + ".";
    } catch (RuntimeException failure) {
      LOG.error("The check of {} failed", file, failure);
      return ". But it could not be checked: Coffer's log tells why.";
    }
  }

  private Path script(BackupResult taken, Progress progress) {
    try {
      return SqlDump.write(settings.backups(), taken.info(), progress);
    } catch (CofferException failure) {
      throw new CofferException(
          failure.code(),
          failure.fact(),
          "The backup "
              + taken.file().getFileName()
              + " is there; the script made from it is not. "
              + failure.hint(),
          failure);
    }
  }

  /**
   * The check of a backup: the one that waits or runs already, or a new one.
   *
   * @throws dev.coffer.server.jobs.TooManyJobs when too many are waiting already
   */
  Job verifyOnce(Backup backup, Actor actor) {
    return runner
        .working(JobKind.VERIFICATION, backup.name())
        .orElseGet(() -> verify(backup, actor));
  }

  private Job verify(Backup backup, Actor actor) {
    return runner.submit(
        JobKind.VERIFICATION,
        backup.name(),
        "",
        actor,
        FileArgument.order(CHECK, backup.info().file(), settings));
  }

  private final class Checking implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      boolean sound = check(FileArgument.of(order, settings), job.actor(), progress);
      return new Work.Result(job.subject(), sound ? "It is whole." : "It is damaged: see there.");
    }

    @Override
    public void over(Job job, Order order) {
      writeDown(audit, job, Action.BACKUP_VERIFIED);
    }
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
