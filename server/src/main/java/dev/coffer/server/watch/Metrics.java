package dev.coffer.server.watch;

import dev.coffer.error.CofferException;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.backups.BackupWork;
import dev.coffer.server.backups.Protection;
import dev.coffer.server.backups.ProtectionCheck;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What Prometheus collects. The library for it is loaded when it is needed first: the first page is
 * not to wait for it.
 */
@Component
class Metrics {
  private final BackupFiles files;
  private final ProtectionCheck protection;
  private final JobRunner runner;
  private final InstantSource clock;
  private Optional<Meters> meters = Optional.empty();

  Metrics(
      BackupFiles files,
      ProtectionCheck protection,
      JobRunner runner,
      BackupWork work,
      InstantSource clock) {
    this.files = files;
    this.protection = protection;
    this.runner = runner;
    this.clock = clock;
    runner.watch(job -> meters().ended(job));
    work.watch((kind, job) -> meters().backupEnded(kind, job));
  }

  private synchronized Meters meters() {
    if (meters.isEmpty()) {
      meters = Optional.of(new Meters());
    }
    return meters.get();
  }

  /** The metrics in Prometheus's text format, as of now. */
  String scrape() {
    List<Backup> backups = backups();
    Protection judged = protection.judge(backups);
    Map<JobKind, Long> queues = new EnumMap<>(JobKind.class);
    for (JobKind kind : JobKind.values()) {
      queues.put(kind, runner.waiting(kind));
    }
    return meters().scrape(new Moment(clock.instant(), backups, judged, queues));
  }

  private List<Backup> backups() {
    try {
      return files.all();
    } catch (CofferException unreadable) {
      return List.of();
    }
  }

  @PreDestroy
  synchronized void stop() {
    meters.ifPresent(Meters::close);
  }
}
