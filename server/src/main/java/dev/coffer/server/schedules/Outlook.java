package dev.coffer.server.schedules;

import dev.coffer.server.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is due next, and what has not been done. */
@Component
public class Outlook {
  /** What is later than this has been missed. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  private final Schedules schedules;
  private final InstantSource clock;
  private final Words words;

  Outlook(Schedules schedules, InstantSource clock, Words words) {
    this.schedules = schedules;
    this.clock = clock;
    this.words = words;
  }

  /** The next run of all. */
  public record Next(String schedule, Instant at) {}

  public Optional<Next> next() {
    return schedules.all().stream()
        .flatMap(schedule ->
            schedule.standing().next().stream().map(at -> new Next(schedule.name(), at)))
        .min(Comparator.comparing(Next::at));
  }

  /** Sentences on what somebody should look at. */
  public List<String> attention() {
    List<String> attention = new ArrayList<>();
    for (Schedule schedule : schedules.all()) {
      of(schedule)
          .forEach(sentence -> attention.add("Schedule “" + schedule.name() + "”: " + sentence));
    }
    return attention;
  }

  /** What somebody should know of one schedule. */
  public List<String> of(Schedule schedule) {
    List<String> sentences = new ArrayList<>();
    Schedule.Standing standing = schedule.standing();
    if (standing.missed() > 0) {
      sentences.add(
          words.count(standing.missed(), "run")
              + " did not take place when due, since "
              + standing.missedSince().map(words::time).orElse("some time")
              + ": Coffer was not running or was busy."
              + (standing.last().isPresent() && standing.good()
                  ? " A backup was made as soon as it was back."
                  : ""));
    }
    if (!schedule.paused() && standing.next().isEmpty()) {
      sentences.add("It names a day that never comes.");
    }
    boolean overdue =
        standing.next().filter(next -> next.plus(GRACE).isBefore(clock.instant())).isPresent();
    if (overdue) {
      sentences.add("The run due at " + words.time(standing.next().orElseThrow()) + " is overdue.");
    }
    if (!standing.good()) {
      sentences.add("The last run brought no backup. " + standing.outcome());
    }
    return sentences;
  }
}
