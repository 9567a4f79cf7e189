package dev.coffer.server.backups;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the business grew, as its backups tell: of each that holds everything, the records in the
 * largest tables, the size, and how many messages arrived. Told from the files alone.
 *
 * @param tables the largest tables of the newest backup, the largest first
 * @param points the oldest first
 * @param backups how many there are, of which so many as are shown were picked evenly
 */
public record Trends(List<String> tables, List<Point> points, int backups) {
  static final int MOST_POINTS = 100;
  private static final int MOST_TABLES = 6;

  /**
   * One backup.
   *
   * @param counts records of {@link Trends#tables}, in that order; empty where it has no such table
   * @param bytes size of the file
   * @param texts percent of the text messages that were sent
   * @param mails percent of the e-mails that arrived
   */
  public record Point(
      String name,
      Instant at,
      long records,
      List<Optional<Long>> counts,
      long bytes,
      Optional<BigDecimal> texts,
      Optional<BigDecimal> mails) {}

  /** From all backups, newest first. */
  static Trends of(List<Backup> all) {
    List<Backup> whole = all.stream().filter(Trends::tells).toList().reversed();
    if (whole.isEmpty()) {
      return new Trends(List.of(), List.of(), 0);
    }
    List<String> tables =
        whole.getLast().info().tables().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_TABLES)
            .map(Map.Entry::getKey)
            .toList();
    List<Point> points = sample(whole).stream().map(backup -> point(backup, tables)).toList();
    return new Trends(tables, points, whole.size());
  }

  /** Whether there is anything to see a change in. */
  public boolean telling() {
    return points.size() > 1;
  }

  public boolean sampled() {
    return points.size() < backups;
  }

  /** Whether any of the backups tells of messages. */
  public boolean messages() {
    return points.stream().anyMatch(point -> point.texts().or(point::mails).isPresent());
  }

  private static boolean tells(Backup backup) {
    return backup.whole()
        && backup.standing() != Standing.CORRUPTED
        && backup.info().totalRecords().isPresent();
  }

  /** Always with the first and the last. */
  private static List<Backup> sample(List<Backup> backups) {
    int count = backups.size();
    if (count <= MOST_POINTS) {
      return backups;
    }
    List<Backup> some = new ArrayList<>(MOST_POINTS);
    for (int point = 0; point < MOST_POINTS; point++) {
      some.add(backups.get((int) ((long) point * (count - 1) / (MOST_POINTS - 1))));
    }
    return some;
  }

  private static Point point(Backup backup, List<String> tables) {
    Map<String, Object> messages = backup.info().communicationSummary();
    return new Point(
        backup.name(),
        backup.timestamp(),
        backup.info().totalRecords().orElse(0L),
        tables.stream()
            .map(table -> Optional.ofNullable(backup.info().tables().get(table)))
            .toList(),
        backup.info().fileSize(),
        percent(messages, "smsSuccessRate"),
        percent(messages, "emailSuccessRate"));
  }

  private static Optional<BigDecimal> percent(Map<String, Object> messages, String name) {
    return messages.get(name) instanceof Number number
        ? Optional.of(new BigDecimal(number.toString()))
        : Optional.empty();
  }
}
