package dev.coffer.server.schedules.work;

import dev.coffer.error.CofferException;
import dev.coffer.retention.Candidate;
import dev.coffer.retention.Retention;
import dev.coffer.retention.RetentionRule;
import dev.coffer.retention.Verdict;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.backups.BackupKeeping;
import dev.coffer.server.backups.Standing;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Judges the backups by the rule, and deletes those that may go. */
@Component
class RetentionWork {
  private final RetentionRules rules;
  private final BackupFiles files;
  private final BackupKeeping keeping;
  private final AuditTrail audit;
  private final InstantSource clock;

  RetentionWork(
      RetentionRules rules,
      BackupFiles files,
      BackupKeeping keeping,
      AuditTrail audit,
      InstantSource clock) {
    this.rules = rules;
    this.files = files;
    this.keeping = keeping;
    this.audit = audit;
    this.clock = clock;
  }

  /** Sets the rule for all backups, and whether anything is deleted by it. */
  void set(RetentionRules.Setting setting, Actor actor) {
    rules.set(setting);
    audit.done(
        actor,
        Action.RETENTION_CHANGED,
        "",
        setting.active() ? "Keeps " + setting.words() : "Nothing is deleted by itself");
  }

  /** What a rule would do now; the newest backup first. */
  List<Verdict> preview(RetentionRule rule) {
    return judge(files.all(), rule);
  }

  /** Deletes what the rule lets go, where one is active. What cannot be deleted is written down. */
  void apply(Actor actor) {
    RetentionRules.Setting setting = rules.current();
    if (!setting.active()) {
      return;
    }
    List<Backup> all = files.all();
    Map<String, Backup> byFile =
        all.stream()
            .collect(
                Collectors.toMap(backup -> backup.info().file().toString(), Function.identity()));
    for (Verdict verdict : judge(all, setting.rule())) {
      Backup backup = byFile.get(verdict.candidate().info().file().toString());
      if (verdict.deletes() && backup != null) {
        delete(backup, "Retention keeps " + setting.words(), actor);
      }
    }
  }

  private void delete(Backup backup, String reason, Actor actor) {
    try {
      keeping.delete(backup, reason, actor);
    } catch (CofferException refused) {
      audit.append(
          actor, Action.BACKUP_DELETED, backup.name(), reason, Outcome.FAILED, refused.fact());
    }
  }

  private List<Verdict> judge(List<Backup> backups, RetentionRule rule) {
    return Retention.judge(
        backups.stream()
            .map(backup ->
                new Candidate(
                    backup.info(), backup.kept(), backup.standing() == Standing.CORRUPTED))
            .toList(),
        rule,
        clock.instant());
  }
}
