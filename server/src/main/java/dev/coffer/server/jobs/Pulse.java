package dev.coffer.server.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server tells the state each second, and hears of it: how far its jobs are and that it is
 * alive; what others do, what they want to be cancelled, and whether there is something to take.
 */
final class Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);

  private final String server;
  private final HeldJobs held;
  private final JobClaims claims;
  private final Lanes lanes;
  private final Forsaken forsaken;
  private final InstantSource clock;
  private final Map<UUID, Reading> told = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pulse").factory());

  /** The jobs that this server was not asked for and has not taken, that wait or run. */
  private volatile Map<UUID, JobRow> elsewhere = Map.of();

  private Instant signed = Instant.MIN;
  private Optional<Instant> heardSince = Optional.empty();
  private boolean alone;
  private volatile boolean taking;

  Pulse(
      String server,
      HeldJobs held,
      JobClaims claims,
      Lanes lanes,
      Forsaken forsaken,
      InstantSource clock) {
    this.server = server;
    this.held = held;
    this.claims = claims;
    this.lanes = lanes;
    this.forsaken = forsaken;
    this.clock = clock;
  }

  /** What is from now on, without the first second. */
  synchronized void begin(boolean withoutOthers) {
    alone = withoutOthers;
    Instant now = clock.instant();
    if (alone) {
      // The state rounds times: a job seen just now may seem to be of a moment later.
      forsaken.settleAlone(now.plusSeconds(1), now);
    } else {
      forsaken.settle(now.minus(GIVEN_UP_AFTER), now);
    }
    var _ = thread.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
  }

  /** From now on this server takes jobs that others asked for. */
  void take() {
    taking = true;
    thread.execute(this::beatAtOnce);
  }

  private synchronized void beatAtOnce() {
    signed = Instant.MIN;
    beat();
  }

  void stop() {
    taking = false;
    thread.shutdownNow();
  }

  /** As of the last second; those that this server has taken meanwhile are not among them. */
  Stream<JobRow> elsewhere() {
    return elsewhere.values().stream().filter(row -> held.remembered(row.job().id()).isEmpty());
  }

  Optional<JobRow> elsewhere(UUID id) {
    return Optional.ofNullable(elsewhere.get(id)).filter(row -> held.remembered(id).isEmpty());
  }

  synchronized void beat() {
    Instant now = clock.instant();
    boolean sign = !now.isBefore(signed.plus(SIGN_OF_LIFE));
    try {
      tell(now, sign);
      // Where nobody else is, there is little to hear.
      if (sign || !alone) {
        hear();
      }
      heardSince = heardSince.or(() -> Optional.of(clock.instant()));
    } catch (RuntimeException stateIsDown) {
      heardSince = Optional.empty();
      LOG.warn("The state's database cannot be used: {}", stateIsDown.getMessage());
    }
  }

  private void tell(Instant now, boolean sign) {
    held.writeAgain();
    for (RunningJob run : held.all()) {
      if (sign && run.isHere()) {
        claims.seen(run.job().id(), now);
      }
      if (run.begun()) {
        tell(run.job().id(), run.reading());
      }
    }
    told.keySet().removeIf(id -> held.find(id).isEmpty());
    if (sign) {
      signed = now;
      // After an outage of the state the others are given the time to say that they live.
      boolean heard =
          heardSince
              .map(since -> since.plus(SIGN_OF_LIFE.multipliedBy(2)).isBefore(now))
              .orElse(false);
      if (heard) {
        forsaken.settle(now.minus(GIVEN_UP_AFTER), now);
      }
    }
  }

  private void tell(UUID id, Reading reading) {
    if (reading.tellsMoreThan(told.getOrDefault(id, Reading.STARTING))) {
      claims.progress(id, reading);
      told.put(id, reading);
    }
  }

  private void hear() {
    List<RunningJob> waiting = held.all().stream().filter(run -> !run.begun()).toList();
    Map<UUID, JobRow> open = new LinkedHashMap<>();
    claims.open().forEach(row -> open.put(row.job().id(), row));
    for (RunningJob run : waiting) {
      hear(run, Optional.ofNullable(open.get(run.job().id())));
    }
    open.values().stream()
        .filter(row -> row.isAt(server) && row.cancelAsked())
        .forEach(row -> held.find(row.job().id()).ifPresent(this::cancel));
    Map<UUID, JobRow> others = new LinkedHashMap<>(open);
    others.keySet().removeIf(id -> held.remembered(id).isPresent());
    others.values().removeIf(row -> row.isAt(server) && row.job().state() == JobState.RUNNING);
    elsewhere = others;
    if (taking) {
      kindsToTake(open.values()).forEach(lanes::wakeIfFree);
    }
  }

  private void cancel(RunningJob run) {
    if (!run.interrupt() && !run.shared()) {
      run.endWaiting();
    }
  }

  /** What became of a job that waited here a moment before. */
  private void hear(RunningJob run, Optional<JobRow> row) {
    if (row.isEmpty()) {
      claims
          .find(run.job().id())
          .filter(found -> found.job().state().over() && !run.begun())
          .ifPresent(found -> {
            run.followToTheEnd(found);
            held.gone(run);
          });
    } else if (row.get().job().state() == JobState.RUNNING && !row.get().isAt(server)) {
      run.follow(row.get());
    }
  }

  private Set<JobKind> kindsToTake(Collection<JobRow> open) {
    Set<JobKind> kinds = EnumSet.noneOf(JobKind.class);
    for (JobRow row : open) {
      if (row.job().state() == JobState.WAITING && (row.server().isEmpty() || row.isAt(server))) {
        kinds.add(row.job().kind());
      }
    }
    return kinds;
  }
}
