package dev.coffer.server.comparisons;

import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.CompareOptions;
import dev.coffer.compare.Comparison;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.legacy.LegacyComparison;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupKeeping;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.jobs.Order;
import dev.coffer.server.jobs.SharedWork;
import dev.coffer.server.jobs.Work;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Compares, in the background. */
@Component
class ComparisonWork {
  private static final String COMPARE = "comparison";

  private final Comparables comparables;
  private final Sides sides;
  private final Comparisons comparisons;
  private final HeldComparisons held;
  private final JobRunner runner;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Map<UUID, Wanted> wantedNow = new ConcurrentHashMap<>();

  ComparisonWork(
      Comparables comparables,
      Sides sides,
      Comparisons comparisons,
      HeldComparisons held,
      JobRunner runner,
      BackupKeeping keeping,
      AuditTrail audit,
      InstantSource clock) {
    this.comparables = comparables;
    this.sides = sides;
    this.comparisons = comparisons;
    this.held = held;
    this.runner = runner;
    this.audit = audit;
    this.clock = clock;
    keeping.spare(this::use);
    runner.offer(COMPARE, new Comparer());
  }

  private Optional<String> use(Backup backup) {
    List<UUID> underWay =
        runner.open(JobKind.COMPARISON).stream()
            .flatMap(job -> Comparisons.id(job.subject()).stream())
            .toList();
    wantedNow.keySet().retainAll(underWay);
    return underWay.stream()
        .flatMap(id -> wanted(id).stream())
        .filter(wanted ->
            wanted.backup().equals(backup.name())
                || wanted.other().equals(Optional.of(backup.name())))
        .findFirst()
        .map(wanted -> "it is being compared");
  }

  /** Asked once for a comparison: a preview of what is deleted asks for thousands of backups. */
  private Optional<Wanted> wanted(UUID id) {
    Optional<Wanted> wanted =
        Optional.ofNullable(wantedNow.get(id))
            .or(() -> comparisons.find(id).map(Comparing::wanted));
    wanted.ifPresent(found -> wantedNow.put(id, found));
    return wanted;
  }

  /** A comparison and the job that does it. */
  record Begun(UUID id, Job job) {}

  /**
   * Begins a comparison.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND}; {@code USAGE} where the two are the same, or
   *     one is an SQL dump, or no database is named; {@code BACKUP_DAMAGED}
   * @throws dev.coffer.server.jobs.TooManyJobs when too many are waiting already
   */
  Begun begin(Wanted wanted, Actor actor) {
    comparables.require(wanted);
    if (wanted.live()) {
      var _ = sides.database();
    }
    UUID id = UUID.randomUUID();
    comparisons.add(
        new Comparing(
            id, Optional.empty(), wanted, actor.name(), clock.instant(), Optional.empty()));
    boolean begun = false;
    try {
      // The records that differ are held in the memory of the server that compares.
      Job job = runner.submitHere(JobKind.COMPARISON, id.toString(), "", actor, new Order(COMPARE));
      comparisons.begun(id, job.id());
      begun = true;
      return new Begun(id, job);
    } finally {
      if (!begun) {
        comparisons.remove(id);
      }
    }
  }

  private final class Comparer implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      UUID id = UUID.fromString(job.subject());
      ComparisonWork.this.run(id, comparing(id).wanted(), job.actor(), progress);
      return new Work.Result(job.subject(), "The result is ready.");
    }

    @Override
    public void over(Job job, Order order) {
      writeDown(comparing(UUID.fromString(job.subject())).wanted(), job);
    }

    private Comparing comparing(UUID id) {
      return comparisons
          .find(id)
          .orElseThrow(() ->
              new CofferException(
                  ErrorCode.COMPARISON_NOT_FOUND, "there is no such comparison", "Compare again."));
    }
  }

  private void run(UUID id, Wanted wanted, Actor actor, Progress progress) {
    try (OpenSide backup = sides.backup(comparables.file(wanted.backup()), progress);
        OpenSide other =
            wanted.other().isPresent()
                ? sides.backup(comparables.file(wanted.other().get()), progress)
                : sides.live(backup.backup(), actor, progress)) {
      boolean swapped =
          !other.live()
              && other.backup().header().timestamp().isBefore(backup.backup().header().timestamp());
      compare(id, swapped ? other : backup, swapped ? backup : other, wanted.tables(), progress);
    } catch (CofferException failure) {
      // What is interrupted in the middle of a read or a write complains of its own.
      if (Thread.currentThread().isInterrupted()) {
        throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", failure);
      }
      throw failure;
    }
  }

  private void compare(
      UUID id, OpenSide before, OpenSide after, List<String> tables, Progress progress) {
    ChangeLog log = new ChangeLog(Sides.temporary());
    boolean kept = false;
    try {
      boolean legacy = before.fidelity().isPresent() || after.fidelity().isPresent();
      ComparisonResult result =
          LegacyComparison.told(
              Comparison.compare(
                  before.backup(),
                  after.backup(),
                  CompareOptions.of(tables),
                  legacy ? log : new WithoutSecrets(log),
                  progress),
              before.fidelity(),
              after.fidelity());
      held.put(id, new HeldComparison(log, result, clock.instant().plus(HeldComparisons.HELD)));
      kept = true;
      comparisons.done(id, Reports.of(before, after, result));
    } finally {
      if (!kept) {
        log.close();
      }
    }
  }

  /**
   * Keeps the locked values of the live database out of the log: fingerprints tell whether they
   * changed. Only a file of the earlier system has none, and its values are compared open.
   */
  private record WithoutSecrets(ChangeLog log) implements ChangeSink {
    private static final byte[] NONE = {};

    @Override
    public void table(TablePair pair) {
      log.table(pair);
    }

    @Override
    public void change(TablePair pair, Change change) throws IOException {
      log.change(
          pair,
          switch (change) {
            case Change.Added(Row after) -> new Change.Added(closed(after));
            case Change.Removed(Row before) -> new Change.Removed(closed(before));
            case Change.Changed(Row before, Row after) ->
                new Change.Changed(closed(before), closed(after));
          });
    }

    private static Row closed(Row row) {
      return new Row(row.line(), NONE);
    }
  }

  private void writeDown(Wanted wanted, Job job) {
    Outcome outcome =
        switch (job.state()) {
          case DONE -> Outcome.DONE;
          case CANCELLED -> Outcome.CANCELLED;
          case FAILED, WAITING, RUNNING -> Outcome.FAILED;
        };
    // What differs is for those who may look inside, and others see the trail of a backup.
    String with = "with " + wanted.other().orElse("the database");
    audit.append(
        job.actor(),
        Action.BACKUPS_COMPARED,
        wanted.backup(),
        job.reason(),
        outcome,
        job.state() == JobState.DONE ? with : with + ": " + job.outcome());
  }
}
