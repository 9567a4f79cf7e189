package dev.coffer.server.watch;

import dev.coffer.model.BackupKind;
import dev.coffer.server.backups.Standing;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * The meters. What was done is counted from when the server started; all else is read at the moment
 * of a scrape.
 */
final class Meters implements AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final AtomicReference<Moment> moment = new AtomicReference<>();

  Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    addMoment();
    // A counter that begins with its first event seems not to have moved by it.
    for (JobKind kind : JobKind.values()) {
      for (JobState state : JobState.values()) {
        if (state.over()) {
          jobs(kind, state).increment(0);
        }
      }
      failures(kind).increment(0);
    }
  }

  private void addMoment() {
    gauge(
        "coffer.newest.backup.age",
        "seconds",
        "Age of the newest backup that holds everything and can be used; +Inf without one",
        Moment::newestAge);
    gauge(
        "coffer.newest.proven.backup.age",
        "seconds",
        "Age of the newest backup that was restored on trial; +Inf without one",
        Moment::provenAge);
    gauge("coffer.protection.level", "", "0 red, 1 yellow, 2 green", Moment::level);
    gauge("coffer.backups.stored", "bytes", "Size of all backups", Moment::storedBytes);
    gauge("coffer.free", "bytes", "Room in the backups' folder", Moment::freeBytes);
    gauge("coffer.database.up", "", "1 while the protected database answers", Moment::databaseUp);
    for (BackupKind kind : BackupKind.values()) {
      gauge(
          "coffer.backup",
          "bytes",
          "Size of the newest backup",
          now -> now.newestBytes(kind.word()),
          "kind",
          kind.word());
    }
    for (Standing standing : Standing.values()) {
      gauge(
          "coffer.backups",
          "",
          "Backups by state",
          now -> now.stored(standing),
          "state",
          standing.word());
    }
    for (JobKind kind : JobKind.values()) {
      gauge(
          "coffer.jobs.queue",
          "",
          "Jobs that wait or run on this server",
          now -> now.queue(kind),
          "kind",
          word(kind));
    }
  }

  private void gauge(
      String name, String unit, String help, ToDoubleFunction<Moment> value, String... tags) {
    Gauge.builder(
            name,
            moment,
            reference -> {
              Moment now = reference.get();
              return now == null ? Double.NaN : value.applyAsDouble(now);
            })
        .baseUnit(unit.isEmpty() ? null : unit)
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private Counter jobs(JobKind kind, JobState state) {
    return Counter.builder("coffer.jobs")
        .description("Jobs that ended on this server")
        .tags("kind", word(kind), "outcome", word(state))
        .register(registry);
  }

  private Counter failures(JobKind kind) {
    return Counter.builder("coffer.failures")
        .description("Jobs that failed on this server")
        .tags("kind", word(kind))
        .register(registry);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Counts a job that is over. */
  void ended(Job job) {
    jobs(job.kind(), job.state()).increment();
    if (job.state() == JobState.FAILED) {
      failures(job.kind()).increment();
    }
  }

  /** Measures a backup that is over, with its check; one that never began took no time. */
  void backupEnded(BackupKind kind, Job job) {
    Duration took =
        job.startedAt()
            .flatMap(began -> job.endedAt().map(ended -> Duration.between(began, ended)))
            .orElse(Duration.ZERO);
    Timer.builder("coffer.backup.duration")
        .description("How long backups took, with their checks")
        .tags("kind", kind.word(), "outcome", word(job.state()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(took);
  }

  String scrape(Moment now) {
    moment.set(now);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
