package dev.coffer.server.backups;

import dev.coffer.archive.Proof;
import dev.coffer.embedded.TrialServers;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.SealingCheck;
import dev.coffer.progress.Progress;
import dev.coffer.proof.ProofRequest;
import dev.coffer.proof.Prover;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.Order;
import dev.coffer.server.jobs.SharedWork;
import dev.coffer.server.jobs.TooManyJobs;
import dev.coffer.server.jobs.Work;
import dev.coffer.server.web.Words;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Restores backups on trial, in the background. */
@Component
class ProofWork {
  private static final Logger LOG = LoggerFactory.getLogger(ProofWork.class);
  private static final String PROVE = "proof";
  private static final int CONNECTIONS = 2;

  private final ServerSettings settings;
  private final JobRunner runner;
  private final AuditTrail audit;
  private final Words words;
  private volatile boolean impossible;

  ProofWork(ServerSettings settings, JobRunner runner, AuditTrail audit, Words words) {
    this.settings = settings;
    this.runner = runner;
    this.audit = audit;
    this.words = words;
    runner.offer(PROVE, new Proving());
  }

  /**
   * Begins the proof of a backup.
   *
   * @throws TooManyJobs when too many are waiting already
   */
  Job prove(Path file, String reason, Actor actor) {
    return prove(String.valueOf(file.getFileName()), file, reason, actor);
  }

  private Job prove(String name, Path file, String reason, Actor actor) {
    return runner.submit(
        JobKind.PROOF, name, reason, actor, FileArgument.order(PROVE, file, settings));
  }

  private final class Proving implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      return new Work.Result(
          job.subject(), outcome(prove(FileArgument.of(order, settings), progress)));
    }

    @Override
    public void over(Job job, Order order) {
      BackupWork.writeDown(audit, job, Action.BACKUP_PROVEN);
    }
  }

  /**
   * The proof of a backup: the one that waits or runs already, or a new one.
   *
   * @throws TooManyJobs when too many are waiting already
   * @throws CofferException {@code USAGE} for one that holds no whole table
   */
  Job proveOnce(Backup backup, Actor actor) {
    if (backup.partial()) {
      throw new CofferException(
          ErrorCode.USAGE,
          backup.name() + " holds only the records that a restore touched",
          "There is no database in it that could be restored on trial.");
    }
    return runner
        .working(JobKind.PROOF, backup.name())
        .orElseGet(() -> prove(backup.name(), backup.info().file(), "", actor));
  }

  /** Begins the proof of a backup that was just taken, where there is a server to prove it on. */
  void proveTaken(Path file, Actor actor) {
    impossible = settings.proofServer().isEmpty() && !TrialServers.possible();
    if (impossible) {
      return;
    }
    try {
      Job _ = prove(file, "", actor);
    } catch (TooManyJobs busy) {
      // The backup stands; the pages say that it is not proven.
      LOG.warn("The proof of {} was not begun: {}", file.getFileName(), busy.getMessage());
    }
  }

  /** Whether the last backup could not be proven for want of a server to prove it on. */
  boolean impossible() {
    return impossible;
  }

  private Proof prove(Path file, Progress progress) {
    Prover.requireCurrent(file);
    KeyHome keys = KeyHome.at(settings.cofferHome());
    progress.stage("starting a server for the trial");
    int majorVersion = Prover.majorVersion(file).orElse(TrialServers.NEWEST);
    try (TrialServer server = TrialServer.forBackupOf(majorVersion, settings)) {
      return Prover.prove(
          new ProofRequest(
              file,
              SealingCheck.fitting(file, keys.identities()),
              server.connection(),
              keys,
              CONNECTIONS,
              settings.cofferVersion()),
          progress);
    }
  }

  private String outcome(Proof proof) {
    return "%s in %s restored on %s, and every one matched."
        .formatted(
            words.count(proof.rows(), "record"),
            words.count(proof.tables().size(), "table"),
            proof.server());
  }
}
