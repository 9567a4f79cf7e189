package dev.coffer.server.schedules.work;

import dev.coffer.model.BackupInfo;
import dev.coffer.retention.Verdict;
import java.time.Instant;
import java.util.List;

/** What a rule would do now. The lists are cut; the counts are not. */
public record RetentionPreview(
    List<Line> deleted, List<Line> kept, int deletes, int keeps, long freed) {
  private static final int SHOWN = 100;

  /** A backup, and why it stays; empty for one that goes. */
  public record Line(String name, Instant timestamp, long size, String reason, String because) {
    private static Line of(Verdict verdict) {
      BackupInfo info = verdict.candidate().info();
      return new Line(
          String.valueOf(info.file().getFileName()),
          info.timestamp(),
          info.fileSize(),
          info.reason(),
          verdict.keptBecause().orElse(""));
    }
  }

  static RetentionPreview of(List<Verdict> verdicts) {
    List<Line> deleted = verdicts.stream().filter(Verdict::deletes).map(Line::of).toList();
    List<Line> kept =
        verdicts.stream().filter(verdict -> !verdict.deletes()).map(Line::of).toList();
    return new RetentionPreview(
        deleted.stream().limit(SHOWN).toList(),
        kept.stream().limit(SHOWN).toList(),
        deleted.size(),
        kept.size(),
        deleted.stream().mapToLong(Line::size).sum());
  }
}
