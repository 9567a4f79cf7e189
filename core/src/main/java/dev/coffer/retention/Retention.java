package dev.coffer.retention;

import dev.coffer.model.BackupInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Judges which backups may go. When in doubt it keeps: what it cannot read it neither deletes nor
 * counts, so that a damaged file never takes the place of a sound one.
 */
public final class Retention {
  /** How long a restore can be undone by the file that was taken before it. */
  public static final Duration SAFETY_STAYS = Duration.ofDays(30);

  private final RetentionRule rule;
  private final Instant now;
  private final Map<Candidate, String> kept = new HashMap<>();

  private Retention(RetentionRule rule, Instant now) {
    this.rule = rule;
    this.now = now;
  }

  /** A verdict on each backup, the newest backup first. */
  public static List<Verdict> judge(List<Candidate> backups, RetentionRule rule, Instant now) {
    List<Candidate> newestFirst =
        backups.stream()
            .sorted(
                Comparator.<Candidate, Instant>comparing(backup -> backup.info().timestamp())
                    .reversed()
                    .thenComparing(backup -> backup.info().file()))
            .toList();
    Retention retention = new Retention(rule, now);
    for (Candidate.Holding holding : holdings(newestFirst)) {
      retention.fillByServer(
          newestFirst.stream()
              .filter(backup -> backup.holding().equals(holding))
              .filter(backup -> backup.readable() && !backup.safety())
              .toList());
    }
    return newestFirst.stream().map(retention::verdict).toList();
  }

  private static Set<Candidate.Holding> holdings(List<Candidate> backups) {
    Set<Candidate.Holding> holdings = new HashSet<>();
    backups.forEach(backup -> holdings.add(backup.holding()));
    return holdings;
  }

  private Verdict verdict(Candidate backup) {
    return always(backup)
        .or(() -> Optional.ofNullable(kept.get(backup)))
        .map(because -> Verdict.keep(backup, because))
        .orElseGet(() -> Verdict.delete(backup));
  }

  /** Why no rule may delete it, whatever else there is. */
  private Optional<String> always(Candidate backup) {
    if (backup.marked()) {
      return Optional.of("it is marked to be kept for ever");
    }
    if (backup.info().state() == State.LEGACY) {
      return Optional.of("it was made by the earlier system");
    }
    if (backup.info().state() == State.ENCRYPTED) {
      return Optional.of("it is locked with a key that is not here");
    }
    if (!backup.readable()) {
      return Optional.of("it cannot be relied on, and somebody should look at it first");
    }
    if (backup.info().database().isEmpty()) {
      return Optional.of("nothing tells which database it is of");
    }
    boolean undoes = backup.safety() && backup.info().timestamp().isAfter(now.minus(SAFETY_STAYS));
    return undoes ? Optional.of("the restore after it can still be undone") : Optional.empty();
  }

  /**
   * Databases of one name on different servers are different ones. A backup that does not say which
   * takes no place from one that does. It is weighed with those of each server, and stays if it
   * would stay with any: so nothing goes that would stay if no backup said of which server it is.
   */
  private void fillByServer(List<Candidate> backups) {
    List<String> servers =
        backups.stream().flatMap(one -> one.server().stream()).distinct().toList();
    if (servers.isEmpty()) {
      kept.putAll(fill(backups));
    }
    for (String server : servers) {
      Map<Candidate, String> stay =
          fill(backups.stream().filter(one -> one.server().orElse(server).equals(server)).toList());
      stay.forEach((one, because) -> {
        if (one.server().isEmpty()) {
          kept.putIfAbsent(one, because);
        }
      });
      kept.putAll(
          fill(backups.stream().filter(one -> one.server().equals(Optional.of(server))).toList()));
    }
  }

  /** Which of backups that replace one another stay, and why; the newest first. */
  private Map<Candidate, String> fill(List<Candidate> backups) {
    Map<Candidate, String> stay = new HashMap<>();
    if (backups.isEmpty()) {
      return stay;
    }
    stay.put(backups.getFirst(), "it is the newest");
    backups.stream()
        .filter(Candidate::proven)
        .findFirst()
        .ifPresent(last -> stay.putIfAbsent(last, "it is the last one that was proven"));
    backups.stream()
        .limit(rule.newest())
        .forEach(one -> stay.putIfAbsent(one, "it is one of the newest " + rule.newest()));
    periods(
        stay,
        backups,
        rule.daily(),
        "day",
        time -> time.truncatedTo(ChronoUnit.DAYS).toLocalDate());
    periods(
        stay,
        backups,
        rule.weekly(),
        "week",
        time ->
            List.of(
                time.get(IsoFields.WEEK_BASED_YEAR), time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
    periods(
        stay,
        backups,
        rule.monthly(),
        "month",
        time -> List.of(time.getYear(), time.getMonthValue()));
    periods(stay, backups, rule.yearly(), "year", ZonedDateTime::getYear);
    return stay;
  }

  private void periods(
      Map<Candidate, String> stay,
      List<Candidate> backups,
      int count,
      String name,
      Function<ZonedDateTime, Object> period) {
    Set<Object> seen = new HashSet<>();
    Predicate<Candidate> lastOfPeriod =
        backup -> seen.add(period.apply(backup.info().timestamp().atZone(rule.zone())));
    backups.stream()
        .filter(lastOfPeriod)
        .limit(count)
        .forEach(last -> stay.putIfAbsent(last, "it is the last of its " + name));
  }
}
