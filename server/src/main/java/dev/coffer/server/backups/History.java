package dev.coffer.server.backups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A page of the list of backups, among them those that are being made and those that failed.
 *
 * @param backups how many backups fit the filter, on all pages
 * @param failed how many that failed fit the filter
 */
public record History(
    Filter filter, List<Row> rows, int backups, int failed, int running, int page, int pages) {
  static final int PAGE = 25;

  /** A backup or an attempt to make one: exactly one of them is there. */
  public record Row(Instant at, Optional<Backup> backup, Optional<Attempt> attempt) {
    static Row of(Backup backup) {
      return new Row(backup.timestamp(), Optional.of(backup), Optional.empty());
    }

    static Row of(Attempt attempt) {
      return new Row(attempt.job().createdAt(), Optional.empty(), Optional.of(attempt));
    }
  }

  /**
   * Which backups to list.
   *
   * @param search in name, reason and who, in any case; empty for all
   * @param kind as documents name it; empty for all
   * @param standing the name of a {@link Standing} or of an {@link Attempt.State}; empty for all
   */
  public record Filter(String search, String kind, String standing) {
    boolean fits(Backup backup) {
      return (kind.isEmpty() || backup.info().kind().equals(kind))
          && (standing.isEmpty() || backup.standing().name().equals(standing))
          && (search.isBlank() || contains(backup, lower(search.strip())));
    }

    /** Of which kind it would be, nobody knows until it is there. */
    boolean fits(Attempt attempt) {
      return kind.isEmpty()
          && (standing.isEmpty() || attempt.state().name().equals(standing))
          && (search.isBlank() || attempt.contains(lower(search.strip())));
    }

    List<Backup> of(List<Backup> backups) {
      return backups.stream().filter(this::fits).toList();
    }

    public boolean isEmpty() {
      return search.isBlank() && kind.isEmpty() && standing.isEmpty();
    }

    private static boolean contains(Backup backup, String wanted) {
      return lower(backup.name()).contains(wanted)
          || lower(backup.info().reason()).contains(wanted)
          || lower(backup.info().createdBy()).contains(wanted);
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  static History of(List<Backup> all, List<Attempt> attempts, Filter filter, int page) {
    List<Backup> backups = all.stream().filter(filter::fits).toList();
    List<Attempt> others = attempts.stream().filter(filter::fits).toList();
    List<Row> rows = new ArrayList<>(backups.size() + others.size());
    backups.forEach(backup -> rows.add(Row.of(backup)));
    others.forEach(attempt -> rows.add(Row.of(attempt)));
    // Both are sorted already: this merges them.
    rows.sort(Comparator.comparing(Row::at).reversed());
    int pages = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
    int shown = Math.clamp(page, 1, pages);
    int failed =
        (int) others.stream().filter(other -> other.state() == Attempt.State.FAILED).count();
    return new History(
        filter,
        List.copyOf(
            rows.subList(
                Math.min(rows.size(), (shown - 1) * PAGE), Math.min(rows.size(), shown * PAGE))),
        backups.size(),
        failed,
        others.size() - failed,
        shown,
        pages);
  }

  public boolean nothing() {
    return rows.isEmpty();
  }
}
