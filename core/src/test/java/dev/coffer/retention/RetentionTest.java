package dev.coffer.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.archive.BackupFile;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupInfo.State;
import dev.coffer.model.DatabaseOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a rule lets go, and what no rule lets go. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final RetentionRule ONE = rule(1, 0, 0, 0, 0);

  private static RetentionRule rule(int newest, int daily, int weekly, int monthly, int yearly) {
    return new RetentionRule(newest, daily, weekly, monthly, yearly, LONDON);
  }

  private static Candidate backup(Instant at, State state) {
    return backup("comprehensive-backup-" + at, "comprehensive", at, state);
  }

  private static Candidate backup(String name, String kind, Instant at, State state) {
    return backup(name, kind, at, state, "portal");
  }

  private static Candidate backup(
      String name, String kind, Instant at, State state, String database) {
    BackupInfo info =
        new BackupInfo(
                Path.of(name),
                state == State.PROVEN ? State.UNVERIFIED : state,
                at,
                "4.0",
                kind,
                "ann",
                "why",
                1,
                Optional.of(1L),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty())
            .withDatabase(database);
    return new Candidate(
        state == State.PROVEN ? info.withProof(Optional.of(at), Optional.empty()) : info,
        false,
        false);
  }

  private static Candidate daysAgo(int days) {
    return backup(NOW.minus(Duration.ofDays(days)), State.UNVERIFIED);
  }

  private static List<Candidate> deleted(List<Candidate> backups, RetentionRule rule) {
    return Retention.judge(backups, rule, NOW).stream()
        .filter(Verdict::deletes)
        .map(Verdict::candidate)
        .toList();
  }

  private static String why(Candidate backup, List<Candidate> all, RetentionRule rule) {
    return Retention.judge(all, rule, NOW).stream()
        .filter(verdict -> verdict.candidate().equals(backup))
        .findFirst()
        .flatMap(Verdict::keptBecause)
        .orElse("deleted");
  }

  @Test
  void theNewestStayAndTheOthersGo() {
    List<Candidate> all = IntStream.range(0, 10).mapToObj(RetentionTest::daysAgo).toList();

    assertThat(deleted(all, rule(3, 0, 0, 0, 0))).containsExactlyElementsOf(all.subList(3, 10));
    assertThat(why(all.getFirst(), all, ONE)).isEqualTo("it is the newest");
    assertThat(why(all.get(2), all, rule(3, 0, 0, 0, 0))).isEqualTo("it is one of the newest 3");
  }

  @Test
  void theLastOfEachDayWeekMonthAndYearStays() {
    List<Candidate> all = new ArrayList<>();
    for (LocalDate day = LocalDate.of(2024, 1, 1);
        !day.isAfter(LocalDate.of(2026, 7, 15));
        day = day.plusDays(1)) {
      for (int hour : new int[] {2, 10}) {
        all.add(backup(day.atTime(hour, 0).toInstant(ZoneOffset.UTC), State.UNVERIFIED));
      }
    }
    Set<Candidate> gone = new HashSet<>(deleted(all, rule(1, 3, 2, 3, 3)));

    assertThat(all.stream().filter(one -> !gone.contains(one)).map(one -> one.info().timestamp()))
        .containsExactly(
            Instant.parse("2024-12-31T10:00:00Z"),
            Instant.parse("2025-12-31T10:00:00Z"),
            Instant.parse("2026-05-31T10:00:00Z"),
            Instant.parse("2026-06-30T10:00:00Z"),
            Instant.parse("2026-07-12T10:00:00Z"),
            Instant.parse("2026-07-13T10:00:00Z"),
            Instant.parse("2026-07-14T10:00:00Z"),
            Instant.parse("2026-07-15T10:00:00Z"));
  }

  @Test
  void aDayBeginsWhereTheRuleSays() {
    Candidate evening = backup(Instant.parse("2026-07-10T22:30:00Z"), State.UNVERIFIED);
    Candidate afterMidnightInLondon =
        backup(Instant.parse("2026-07-10T23:30:00Z"), State.UNVERIFIED);
    List<Candidate> all = List.of(afterMidnightInLondon, evening);

    assertThat(deleted(all, rule(1, 2, 0, 0, 0))).isEmpty();
    assertThat(deleted(all, new RetentionRule(1, 2, 0, 0, 0, ZoneOffset.UTC)))
        .containsExactly(evening);
  }

  @Test
  void theLastProvenStaysHoweverOldItIs() {
    Candidate proven = backup(NOW.minus(Duration.ofDays(900)), State.PROVEN);
    Candidate provenBefore = backup(NOW.minus(Duration.ofDays(901)), State.PROVEN);
    List<Candidate> all = List.of(daysAgo(0), daysAgo(1), proven, provenBefore);

    assertThat(deleted(all, ONE)).containsExactly(all.get(1), provenBefore);
    assertThat(why(proven, all, ONE)).isEqualTo("it is the last one that was proven");
  }

  @Test
  void whatNoRuleMayDeleteStays() {
    Instant old = NOW.minus(Duration.ofDays(400));
    Candidate marked = new Candidate(daysAgo(500).info(), true, false);
    Candidate damaged = new Candidate(daysAgo(501).info(), false, true);
    List<Candidate> all =
        List.of(
            daysAgo(0),
            marked,
            damaged,
            backup("a", "comprehensive", old, State.LEGACY),
            backup("b", "comprehensive", old, State.ENCRYPTED),
            backup("c", "comprehensive", old, State.CORRUPTED),
            backup(
                "d-SAFETY.json.zst", "database", NOW.minus(Duration.ofDays(29)), State.UNVERIFIED));

    assertThat(deleted(all, ONE)).isEmpty();
  }

  @Test
  void safetyFilesGoWhenTheyAreOldAndNeverTakeAPlace() {
    Candidate old =
        backup("d-SAFETY.json.zst", "database", NOW.minus(Duration.ofDays(31)), State.UNVERIFIED);
    Candidate young =
        backup("e-SAFETY.json.zst", "database", NOW.minus(Duration.ofDays(1)), State.UNVERIFIED);
    Candidate whole = daysAgo(40);

    assertThat(deleted(List.of(whole, old, young), ONE)).containsExactly(old);
    assertThat(why(whole, List.of(whole, old, young), ONE)).isEqualTo("it is the newest");
  }

  @Test
  void damagedAndOtherKindsNeverTakeThePlaceOfAWholeOne() {
    Candidate damaged = new Candidate(daysAgo(0).info(), false, true);
    Candidate sales = backup("s", "sales", NOW, State.UNVERIFIED);
    Candidate salesBefore = backup("t", "sales", NOW.minusSeconds(9), State.UNVERIFIED);
    Candidate whole = daysAgo(8);

    assertThat(deleted(List.of(damaged, sales, salesBefore, whole), ONE))
        .containsExactly(salesBefore);
  }

  @Test
  void aBackupOfAnotherDatabaseNeverTakesThePlaceOfOne() {
    Candidate production = daysAgo(2);
    Candidate productionBefore = daysAgo(3);
    Candidate staging = backup("s", "comprehensive", NOW, State.UNVERIFIED, "staging");
    Candidate stagingBefore =
        backup("t", "comprehensive", NOW.minusSeconds(9), State.UNVERIFIED, "staging");

    assertThat(deleted(List.of(staging, stagingBefore, production, productionBefore), ONE))
        .containsExactly(stagingBefore, productionBefore);
  }

  /** An encrypted file that is known by its proof alone does not say what it is of. */
  @Test
  void whatMayBeOfAnyDatabaseStaysAndTakesNoPlace() {
    Candidate unknown =
        new Candidate(
            BackupFile.encrypted(Path.of("u.json.zst.age"))
                .withProof(Optional.of(NOW), Optional.empty()),
            false,
            false);
    Candidate known = daysAgo(8);

    assertThat(deleted(List.of(unknown, known), ONE)).isEmpty();
    assertThat(why(unknown, List.of(unknown, known), ONE))
        .isEqualTo("nothing tells which database it is of");
    assertThat(why(known, List.of(unknown, known), ONE)).isEqualTo("it is the newest");
  }

  private static Candidate of(String server, Candidate backup) {
    Optional<DatabaseOrigin> origin =
        server.isEmpty() ? Optional.empty() : Optional.of(new DatabaseOrigin(server, 5));
    return new Candidate(backup.info().withOrigin(origin), backup.marked(), backup.damaged());
  }

  @Test
  void databasesOfOneNameOnTwoServersTakeNoPlaceFromEachOther() {
    Candidate here = of("1", daysAgo(8));
    Candidate there = of("2", daysAgo(1));

    assertThat(deleted(List.of(here, there), ONE)).isEmpty();
    assertThat(deleted(List.of(here, there, of("2", daysAgo(3))), ONE))
        .containsExactly(of("2", daysAgo(3)));
  }

  /** Those of earlier versions go as they did before, as long as there is one server. */
  @Test
  void ofOneServerThoseThatDoNotSayWhichGoAsTheyDid() {
    assertThat(deleted(List.of(of("1", daysAgo(1)), of("", daysAgo(2)), of("", daysAgo(3))), ONE))
        .containsExactly(of("", daysAgo(2)), of("", daysAgo(3)));
    assertThat(deleted(List.of(of("1", daysAgo(1)), of("", daysAgo(2)), of("2", daysAgo(3))), ONE))
        .isEmpty();
  }

  /** Nothing goes that would stay if no backup said of which server it is. */
  @Test
  void toKnowTheServerDeletesNothingMore() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Candidate> unknown = any(random);
      List<Candidate> known =
          unknown.stream()
              .map(one -> of(List.of("", "1", "2").get(random.nextInt(3)), one))
              .toList();
      RetentionRule rule =
          rule(1 + random.nextInt(3), random.nextInt(5), random.nextInt(4), 1, random.nextInt(3));

      Set<Path> gone = paths(deleted(known, rule));

      assertThat(paths(deleted(unknown, rule))).as("seed %d", seed).containsAll(gone);
      List<Candidate> left =
          known.stream().filter(one -> !gone.contains(one.info().file())).toList();
      assertThat(deleted(left, rule)).as("a second time, seed %d", seed).isEmpty();
    }
  }

  private static Set<Path> paths(List<Candidate> backups) {
    return backups.stream().map(one -> one.info().file()).collect(Collectors.toSet());
  }

  @Test
  void aRuleThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> rule(0, 9, 9, 9, 9)).isInstanceOf(CofferException.class);
    assertThatThrownBy(() -> rule(1, -1, 0, 0, 0)).isInstanceOf(CofferException.class);
    assertThatThrownBy(() -> rule(1, 0, 0, 0, 10_001)).isInstanceOf(CofferException.class);
  }

  /** What holds for any backups and any rule. */
  @Test
  void whateverThereIsTheLastProvenTheNewestAndTheProtectedStay() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Candidate> all = any(random);
      Collections.shuffle(all, random);
      RetentionRule rule =
          rule(
              1 + random.nextInt(4),
              random.nextInt(5),
              random.nextInt(4),
              random.nextInt(4),
              random.nextInt(3));

      Set<Candidate> gone = new HashSet<>(deleted(all, rule));
      List<Candidate> left = all.stream().filter(one -> !gone.contains(one)).toList();

      assertThat(gone)
          .as("seed %d", seed)
          .noneMatch(one -> one.marked() || one.damaged() || !one.readable());
      for (List<Candidate> same : byHolding(all)) {
        assertThat(left).as("newest, seed %d", seed).contains(same.getFirst());
        same.stream()
            .filter(Candidate::proven)
            .findFirst()
            .ifPresent(proven -> assertThat(left).contains(proven));
        assertThat(left.stream().filter(same::contains).count())
            .isGreaterThanOrEqualTo(Math.min(rule.newest(), same.size()));
      }
      assertThat(deleted(left, rule)).as("a second time, seed %d", seed).isEmpty();
    }
  }

  private static List<List<Candidate>> byHolding(List<Candidate> all) {
    return List.copyOf(
        all.stream()
            .filter(one -> one.readable() && !one.safety())
            .sorted(
                Comparator.<Candidate, Instant>comparing(one -> one.info().timestamp()).reversed())
            .collect(Collectors.groupingBy(Candidate::holding))
            .values());
  }

  private static List<Candidate> any(Random random) {
    List<String> kinds = List.of("comprehensive", "database", "sales");
    List<Candidate> all = new ArrayList<>();
    int count = random.nextInt(60);
    for (int number = 0; number < count; number++) {
      Instant at = NOW.minus(Duration.ofHours(random.nextInt(24 * 800)).plusSeconds(number));
      Candidate one =
          backup(
              number + (random.nextInt(8) == 0 ? "-SAFETY" : ""),
              kinds.get(random.nextInt(kinds.size())),
              at,
              List.of(State.values()).get(random.nextInt(State.values().length)),
              random.nextInt(3) == 0 ? "staging" : "portal");
      all.add(new Candidate(one.info(), random.nextInt(9) == 0, random.nextInt(9) == 0));
    }
    return all;
  }
}
