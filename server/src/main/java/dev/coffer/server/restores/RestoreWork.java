package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.PlanPin;
import dev.coffer.seal.Identity;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupKeeping;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.jobs.Work;
import dev.coffer.server.restores.Restoration.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Plans restores and undos, and applies the plans that somebody confirms, in the background. The
 * database is changed by one at a time: whoever confirms while another's is under way is told so.
 */
@Component
class RestoreWork {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreWork.class);

  /** For how long a backup is spared for a plan that somebody may still confirm. */
  private static final Duration SPARED = Duration.ofHours(1);

  private final ServerSettings settings;
  private final JobRunner runner;
  private final Restorations restorations;
  private final HeldKeys keys;
  private final KeyCheck check;
  private final RestoreEngine engine;
  private final RealEnd realEnd;
  private final PlanWords words;
  private final AuditTrail audit;
  private final InstantSource clock;

  RestoreWork(
      ServerSettings settings,
      JobRunner runner,
      Restorations restorations,
      HeldKeys keys,
      KeyCheck check,
      RestoreEngine engine,
      RealEnd realEnd,
      PlanWords words,
      BackupKeeping keeping,
      AuditTrail audit,
      InstantSource clock) {
    this.settings = settings;
    this.runner = runner;
    this.restorations = restorations;
    this.keys = keys;
    this.check = check;
    this.engine = engine;
    this.realEnd = realEnd;
    this.words = words;
    this.audit = audit;
    this.clock = clock;
    keeping.spare(this::use);
  }

  private Optional<String> use(Backup backup) {
    return restorations.all().stream()
        .filter(this::waits)
        .filter(one -> engine.isFrom(one.order(), backup.info().file()))
        .findFirst()
        .map(one ->
            one.actor().name()
                + (one.course().state() == State.APPLYING
                    ? " is restoring from it"
                    : " has planned a restore from it"));
  }

  private boolean waits(Restoration restoration) {
    State state = restoration.course().state();
    return state.moving()
        || (state == State.PLANNED
            && restoration.createdAt().plus(SPARED).isAfter(clock.instant()));
  }

  /**
   * The name of the protected database.
   *
   * @throws CofferException {@code USAGE} where the server was not told which it is
   */
  String databaseName() {
    return settings
        .database()
        .map(ConnectionSettings::database)
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.USAGE,
                "the server does not know which database to protect",
                "Start it with a database's address."));
  }

  /**
   * Begins a plan. Nothing is changed.
   *
   * @param given the keys that open the backup, where somebody gave any
   */
  Restoration plan(RestoreOrder order, List<Identity> given, Caller caller) {
    String _ = databaseName();
    Restoration restoration = new Restoration(order, caller, clock.instant());
    if (order.key() == KeyUse.GIVEN) {
      keys.hold(restoration.id(), given);
    }
    restorations.add(restoration);
    try {
      plan(restoration);
    } catch (RuntimeException notTaken) {
      restorations.remove(restoration.id());
      keys.forget(restoration.id());
      throw notTaken;
    }
    return restoration;
  }

  /**
   * Plans once more, as the database is now.
   *
   * @throws CofferException {@code KEY_NEEDED} once the key that was given is forgotten
   */
  void planAgain(Restoration restoration) {
    synchronized (restoration) {
      State state = restoration.course().state();
      if (state.moving() || state == State.DONE) {
        return;
      }
      List<Identity> _ = identities(restoration);
      restoration.planning();
    }
    plan(restoration);
  }

  private void plan(Restoration restoration) {
    submit(
        restoration,
        restoration.order().planning(),
        progress -> {
          List<Identity> identities = identities(restoration);
          Outcome plan =
              engine.plan(restoration.order(), identities, restoration.actor(), progress);
          restoration.planned(plan, engine.resets(restoration.order(), plan, identities));
          return words.summary(plan.plan(), false) + ". Nothing was changed yet.";
        });
  }

  /**
   * Applies the plan that was seen, if it is still the right one.
   *
   * @param typed what somebody typed as the database's name
   * @throws CofferException {@code CONFIRMATION_WRONG}, {@code RESTORE_RUNNING}, {@code
   *     KEY_NEEDED}, {@code RESTORE_NOT_FOUND} where no plan waits
   */
  void confirm(Restoration restoration, String typed, Caller caller) {
    requireName(typed, restoration.order(), caller);
    PlanPin seen;
    synchronized (this) {
      Outcome plan =
          restoration
              .course()
              .plan()
              .filter(any -> restoration.course().state() == State.PLANNED)
              .orElseThrow(RestoreWork::nothingWaits);
      seen = plan.plan().pin();
      List<Identity> _ = identities(restoration);
      requireFree(restoration.order(), caller);
      restoration.applying();
    }
    apply(restoration, Optional.of(seen), caller.actor());
  }

  private static CofferException nothingWaits() {
    return new CofferException(
        ErrorCode.PLAN_STALE, "no plan of this restore waits to be confirmed", "Make one first.");
  }

  /**
   * Restores, or undoes, without a plan that was looked at before.
   *
   * @throws CofferException as {@link #confirm}
   */
  Restoration atOnce(RestoreOrder order, List<Identity> given, String typed, Caller caller) {
    requireName(typed, order, caller);
    Restoration restoration = new Restoration(order, caller, clock.instant());
    synchronized (this) {
      requireFree(order, caller);
      if (order.key() == KeyUse.GIVEN) {
        keys.hold(restoration.id(), given);
      }
      restoration.applying();
      restorations.add(restoration);
    }
    apply(restoration, Optional.empty(), caller.actor());
    return restoration;
  }

  private void requireName(String typed, RestoreOrder order, Caller caller) {
    String database = databaseName();
    if (!typed.strip().equals(database)) {
      audit.append(
          caller.actor(),
          action(order),
          order.subject(),
          "",
          dev.coffer.server.audit.Outcome.REFUSED,
          "The database's name was not typed, or another one was.");
      throw new CofferException(
          ErrorCode.CONFIRMATION_WRONG,
          "the confirmation is not the name of the protected database",
          "Nothing was changed. Its name is " + database + ".");
    }
  }

  private void requireFree(RestoreOrder order, Caller caller) {
    Optional<Restoration> other = restorations.applying();
    if (other.isPresent()) {
      audit.append(
          caller.actor(),
          action(order),
          order.subject(),
          "",
          dev.coffer.server.audit.Outcome.REFUSED,
          "Another restore was under way.");
      throw new CofferException(
          ErrorCode.RESTORE_RUNNING,
          other.get().actor().name() + " is restoring this database now",
          "Nothing was changed by you. Wait until it is over, then plan again.");
    }
  }

  private void apply(Restoration restoration, Optional<PlanPin> seen, Actor actor) {
    RestoreOrder order = restoration.order();
    try {
      submit(
          restoration,
          order.doing(),
          progress -> {
            List<Identity> identities = identities(restoration);
            Outcome result = apply(order, identities, actor, seen, progress);
            restoration.done(result);
            return summary(result);
          },
          actor);
    } catch (RuntimeException notTaken) {
      restoration.ended(
          State.FAILED,
          Optional.of(
              new CofferException(
                  ErrorCode.RESTORE_RUNNING, "too much other work is waiting", "", notTaken)));
      throw notTaken;
    }
  }

  private Outcome apply(
      RestoreOrder order,
      List<Identity> identities,
      Actor actor,
      Optional<PlanPin> seen,
      Progress progress) {
    Set<String> before = realEnd.known();
    try {
      return engine.apply(order, identities, actor, databaseName(), seen, progress);
    } catch (CofferException failure) {
      throw realEnd.told(failure, before);
    } catch (RuntimeException unexpected) {
      LOG.error("A restore failed", unexpected);
      throw realEnd.told(
          new CofferException(
              ErrorCode.INTERNAL,
              "something went wrong in Coffer; its log tells more",
              "",
              unexpected),
          before);
    }
  }

  private String summary(Outcome result) {
    if (!result.applied()) {
      return "There was nothing to do.";
    }
    return words.summary(result.plan(), true)
        + "."
        + result.restoreId().map(id -> " Restore " + id + ".").orElse("")
        + result
            .safety()
            .map(file -> " Safety backup " + file.getFileName() + ".")
            .orElse(" It cannot be undone: the database was empty.");
  }

  /** What a job does; it gives the words for its end. */
  @FunctionalInterface
  private interface Task {
    String run(Progress progress);
  }

  private void submit(Restoration restoration, String doing, Task task) {
    submit(restoration, doing, task, restoration.actor());
  }

  private void submit(Restoration restoration, String doing, Task task, Actor actor) {
    String subject = restoration.id().toString();
    Job job =
        runner.submit(
            JobKind.RESTORE,
            subject,
            doing,
            actor,
            progress -> {
              try {
                return new Work.Result(subject, task.run(progress));
              } catch (CofferException failure) {
                if (failure.code() != ErrorCode.INTERRUPTED) {
                  failed(restoration, failure);
                }
                throw PlainWords.told(failure);
              }
            },
            over -> ended(restoration, over));
    restoration.workedOnBy(job.id());
  }

  private static void failed(Restoration restoration, CofferException failure) {
    State state = restoration.course().state() == State.PLANNING ? State.REFUSED : State.FAILED;
    restoration.ended(state, Optional.of(failure));
  }

  private void ended(Restoration restoration, Job job) {
    State before = restoration.course().state();
    boolean planned = before == State.PLANNED || before == State.REFUSED;
    if (job.state() == JobState.CANCELLED) {
      keys.forget(restoration.id());
      planned |= before == State.PLANNING;
      restoration.ended(State.CANCELLED, Optional.empty());
    } else if (before.moving()) {
      // Not even the engine said why.
      planned |= before == State.PLANNING;
      failed(restoration, new CofferException(ErrorCode.INTERNAL, job.outcome(), ""));
    }
    if (planned) {
      return;
    }
    keys.forget(restoration.id());
    audit.append(
        job.actor(),
        action(restoration.order()),
        restoration.order().subject(),
        "",
        switch (job.state()) {
          case DONE -> dev.coffer.server.audit.Outcome.DONE;
          case CANCELLED -> dev.coffer.server.audit.Outcome.CANCELLED;
          case FAILED, WAITING, RUNNING -> dev.coffer.server.audit.Outcome.FAILED;
        },
        restoration.order().words() + ": " + job.outcome());
  }

  private static Action action(RestoreOrder order) {
    return order instanceof RestoreOrder.TakeBack
        ? Action.RESTORE_UNDONE
        : Action.DATABASE_RESTORED;
  }

  /** Ends what is under way, and forgets the key. */
  void cancel(Restoration restoration) {
    restoration.course().job().ifPresent(runner::cancel);
    if (!restoration.course().state().moving()) {
      keys.forget(restoration.id());
    }
  }

  private List<Identity> identities(Restoration restoration) {
    RestoreOrder order = restoration.order();
    return switch (order.key()) {
      case WITHOUT -> List.of();
      case SERVER -> check.ofServer(engine.locked(order));
      case GIVEN ->
          keys.of(restoration.id())
              .orElseThrow(() ->
                  new CofferException(
                      ErrorCode.KEY_NEEDED,
                      "the key that was given has been forgotten: it is kept for "
                          + HeldKeys.LASTS.toMinutes()
                          + " minutes",
                      "Begin again, and give it once more."));
    };
  }
}
