package dev.coffer.server.backups;

import java.util.List;
import java.util.Locale;

/**
 * A page of the list of backups.
 *
 * @param total how many fit the filter, on all pages
 */
public record History(Filter filter, List<Backup> backups, int total, int page, int pages) {
  static final int PAGE = 25;

  /**
   * Which backups to list.
   *
   * @param search in name, reason and who, in any case; empty for all
   * @param kind as documents name it; empty for all
   * @param standing a {@link Standing}'s name; empty for all
   */
  public record Filter(String search, String kind, String standing) {
    boolean fits(Backup backup) {
      return (kind.isEmpty() || backup.info().kind().equals(kind))
          && (standing.isEmpty() || backup.standing().name().equals(standing))
          && (search.isBlank() || contains(backup, lower(search.strip())));
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

  static History of(List<Backup> all, Filter filter, int page) {
    List<Backup> fitting = filter.of(all);
    int pages = Math.max(1, (fitting.size() + PAGE - 1) / PAGE);
    int shown = Math.clamp(page, 1, pages);
    List<Backup> part =
        fitting.subList(
            Math.min(fitting.size(), (shown - 1) * PAGE), Math.min(fitting.size(), shown * PAGE));
    return new History(filter, part, fitting.size(), shown, pages);
  }
}
