package dev.coffer.server.backups;

import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.backups.Protection.Level;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.keys.KeyTests;
import dev.coffer.server.schedules.Outlook;
import dev.coffer.server.web.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Judges whether the business is protected, and rather says too little than too much: green is only
 * what was restored on trial.
 */
@Component
public class ProtectionCheck {
  /** A day, and some time for the backup itself. */
  private static final Duration RECENT = Duration.ofHours(26);

  private static final Duration TOO_OLD = Duration.ofDays(7);
  private static final long SCARCE_BYTES = 1L << 30;
  private static final int RECENT_JOBS = 20;

  private final ServerSettings settings;
  private final DatabaseCheck database;
  private final JobRunner jobs;
  private final Proofs proofs;
  private final ProofWork proofWork;
  private final Outlook outlook;
  private final KeyTests keyTests;
  private final InstantSource clock;
  private final Words words;

  ProtectionCheck(
      ServerSettings settings,
      DatabaseCheck database,
      JobRunner jobs,
      Proofs proofs,
      ProofWork proofWork,
      Outlook outlook,
      KeyTests keyTests,
      InstantSource clock,
      Words words) {
    this.settings = settings;
    this.database = database;
    this.jobs = jobs;
    this.proofs = proofs;
    this.proofWork = proofWork;
    this.outlook = outlook;
    this.keyTests = keyTests;
    this.clock = clock;
    this.words = words;
  }

  private record Judgement(Level level, String headline, String explanation) {}

  /**
   * Judges.
   *
   * @param backups all that there are, the newest first
   */
  public Protection judge(List<Backup> backups) {
    Optional<Backup> newest =
        backups.stream().filter(backup -> backup.whole() && backup.standing().usable()).findFirst();
    Optional<Duration> age =
        newest.map(backup -> Duration.between(backup.timestamp(), clock.instant()));
    Judgement judgement = judgement(backups, newest, age.orElse(Duration.ZERO));
    Optional<String> problem = database.problem();
    return new Protection(
        judgement.level(),
        judgement.headline(),
        judgement.explanation(),
        newest,
        age.map(words::age).orElse(""),
        settings
            .database()
            .map(known -> known.database() + " at " + known.address())
            .orElse("not set"),
        outlook.next(),
        freeBytes(),
        problem,
        proven(backups),
        attention(backups, problem));
  }

  private Judgement judgement(List<Backup> backups, Optional<Backup> newest, Duration age) {
    if (newest.isEmpty() && backups.stream().anyMatch(ProtectionCheck::onlyElsewhere)) {
      return new Judgement(
          Level.NOT,
          "Not protected",
          "The backups here are of another database. Create one of this database now.");
    }
    if (newest.isEmpty()) {
      return backups.stream().anyMatch(backup -> backup.standing() == Standing.LEGACY)
          ? new Judgement(
              Level.NOT,
              "Not protected",
              "There are only backups of the earlier system, which cannot be relied on."
                  + " Create one now.")
          : new Judgement(
              Level.NOT,
              "Not protected",
              "There is no backup that could be restored. Create one now.");
    }
    if (age.compareTo(TOO_OLD) > 0) {
      return new Judgement(
          Level.NOT,
          "Not protected",
          "The last backup is " + words.age(age) + " old. All changes since would be lost.");
    }
    if (age.compareTo(RECENT) > 0) {
      return new Judgement(
          Level.PARTLY,
          "Partly protected",
          "The last backup is " + words.age(age) + " old. All changes since would be lost.");
    }
    if (newest.get().standing() == Standing.PROVEN && newest.get().serverUnknown()) {
      return new Judgement(
          Level.PARTLY,
          "Proven, but of which server?",
          "The last backup was restored on trial, but it does not say which server's database it"
              + " is of. Create a new one, which does.");
    }
    return switch (newest.get().standing()) {
      case PROVEN ->
          new Judgement(
              Level.SAFE,
              "Protected",
              "The last backup was restored on trial, and every record matched.");
      case VERIFIED ->
          new Judgement(
              Level.PARTLY,
              "Backed up, not proven yet",
              "The last backup was checked: it is whole and unchanged. " + outlook(newest.get()));
      case ENCRYPTED ->
          new Judgement(
              Level.PARTLY,
              "Backed up, cannot be checked here",
              "The last backup is locked with a key that this server does not have.");
      default ->
          new Judgement(
              Level.PARTLY,
              "Backed up, not checked yet",
              "Nobody has checked yet that every part of the last backup can be read.");
    };
  }

  private static boolean onlyElsewhere(Backup backup) {
    return backup.otherDatabase().isPresent() && backup.standing().usable();
  }

  private String outlook(Backup newest) {
    if (proofs.underWay(newest)) {
      return "It is being restored on trial now.";
    }
    return newest.proofFailure().isPresent()
        ? "But restoring it on trial failed."
        : "It has not been restored on trial yet.";
  }

  private Optional<Protection.Proven> proven(List<Backup> backups) {
    return backups.stream()
        .filter(backup -> backup.whole() && backup.standing() == Standing.PROVEN)
        .findFirst()
        .map(backup ->
            new Protection.Proven(
                backup,
                words.age(Duration.between(backup.timestamp(), clock.instant())),
                proofs.notProven(backup)));
  }

  /** What can still be written in the backups' folder; empty where it cannot be told. */
  Optional<Long> freeBytes() {
    try {
      return Optional.of(Files.getFileStore(settings.backups()).getUsableSpace());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private List<String> attention(List<Backup> backups, Optional<String> problem) {
    List<String> attention = new ArrayList<>();
    if (settings.database().isEmpty()) {
      attention.add(
          "Coffer does not know which database to protect. Start it with --database, or with"
              + " DATABASE_URL set.");
    }
    problem.ifPresent(why -> attention.add("The database cannot be reached now: " + why + "."));
    lastFailure().ifPresent(attention::add);
    failedProofs(backups).ifPresent(attention::add);
    if (proofWork.impossible()) {
      attention.add(
          "Backups are not restored on trial: there is no PostgreSQL here to start for it. Install"
              + " one, or name a server with --prove-server.");
    }
    attention.addAll(outlook.attention());
    long damaged =
        backups.stream().filter(backup -> backup.standing() == Standing.CORRUPTED).count();
    if (damaged > 0) {
      attention.add(words.count(damaged, "file") + " in the backups' folder cannot be relied on.");
    }
    scarce().ifPresent(attention::add);
    if (Files.exists(KeyHome.at(settings.cofferHome()).identityFile())) {
      attention.add(
          "The key that opens passwords and bank details lies on this server. Move it to a safe"
              + " place, and keep a copy: "
              + KeyHome.at(settings.cofferHome()).identityFile());
    }
    attention.addAll(keyTests.attention());
    return attention;
  }

  /** That the newest backup that was begun has failed. */
  private Optional<String> lastFailure() {
    return jobs.page(Optional.of(JobKind.BACKUP), Optional.empty(), 0, RECENT_JOBS).stream()
        .filter(job -> job.state().over())
        .filter(job -> job.state() != JobState.CANCELLED)
        .findFirst()
        .filter(job -> job.state() == JobState.FAILED)
        .map(Job::outcome)
        .map(outcome -> "The last backup that was begun has failed. " + outcome);
  }

  private Optional<String> failedProofs(List<Backup> backups) {
    List<Backup> failed =
        backups.stream().filter(backup -> backup.proofFailure().isPresent()).toList();
    return failed.stream()
        .findFirst()
        .map(newest ->
            (failed.size() > 1
                    ? words.count(failed.size(), "backup") + " could not be restored on trial. "
                    : "A backup could not be restored on trial. ")
                + newest.name()
                + ": "
                + newest.proofFailure().orElse(""));
  }

  private Optional<String> scarce() {
    Optional<Long> free = freeBytes();
    if (free.isEmpty()) {
      return Optional.of("The backups' folder cannot be read: " + settings.backups());
    }
    return free.filter(bytes -> bytes < SCARCE_BYTES)
        .map(bytes -> "Only " + words.size(bytes) + " are left for backups.");
  }
}
