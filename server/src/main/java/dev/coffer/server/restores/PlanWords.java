package dev.coffer.server.restores;

import dev.coffer.model.QualifiedName;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.profile.Profile;
import dev.coffer.profile.TableWords;
import dev.coffer.restore.Plan;
import dev.coffer.restore.TablePlan;
import dev.coffer.server.web.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/** A plan in sentences, as the profile calls what the tables hold. */
@Component("planWords")
public class PlanWords {
  private static final int NAMED = 4;

  private final Words words;
  private final Map<String, TableWords> byTable = new HashMap<>();
  private final List<String> records = new ArrayList<>();

  PlanWords(Words words) {
    this.words = words;
    for (Profile profile : PortalProfiles.all()) {
      for (Map.Entry<QualifiedName, TableWords> entry : profile.words().entrySet()) {
        byTable.putIfAbsent(logical(profile, entry.getKey()), entry.getValue());
      }
      profile.records().values().forEach(kind -> records.add(logical(profile, kind.table())));
    }
  }

  private static String logical(Profile profile, QualifiedName table) {
    return Optional.ofNullable(profile.tables().get(table)).orElse(table.name());
  }

  /**
   * What a plan does, or what was done: what comes back, what changes, what is deleted. Always all
   * three, so that nobody has to guess what silence means.
   *
   * @param total how many records
   * @param text {@code 3 customers and 5 SMS come back}, or {@code nothing is deleted}
   */
  public record Sentence(long total, String text) {}

  public Sentence comingBack(Plan plan, boolean done) {
    return sentence(
        plan,
        TablePlan::inserted,
        done
            ? new Verbs("nothing came back", "came back", "came back")
            : new Verbs("nothing comes back", "comes back", "come back"));
  }

  public Sentence changing(Plan plan, boolean done) {
    return sentence(plan, TablePlan::changed, Verbs.passive("changed", "changed back", done));
  }

  public Sentence deleted(Plan plan, boolean done) {
    return sentence(plan, TablePlan::deleted, Verbs.passive("deleted", "deleted", done));
  }

  private record Verbs(String none, String one, String many) {
    static Verbs passive(String nothing, String some, boolean done) {
      return new Verbs(
          "nothing " + (done ? "was " : "is ") + nothing,
          (done ? "was " : "is ") + some,
          (done ? "were " : "are ") + some);
    }
  }

  private Sentence sentence(Plan plan, ToLongFunction<TablePlan> number, Verbs verbs) {
    List<TablePlan> tables =
        plan.tables().stream()
            .filter(table -> number.applyAsLong(table) > 0)
            .sorted(Comparator.comparingInt((TablePlan table) -> rank(table.name())))
            .toList();
    long total = tables.stream().mapToLong(number).sum();
    if (total == 0) {
      return new Sentence(0, verbs.none());
    }
    List<String> parts = new ArrayList<>();
    int shown = tables.size() <= NAMED + 1 ? tables.size() : NAMED;
    tables.stream()
        .limit(shown)
        .forEach(table -> parts.add(count(table.name(), number.applyAsLong(table))));
    long rest = tables.stream().skip(shown).mapToLong(number).sum();
    if (rest > 0) {
      parts.add(words.count(rest, "other record"));
    }
    return new Sentence(total, join(parts) + " " + (total == 1 ? verbs.one() : verbs.many()));
  }

  /** What people look for comes first: what the profile has a word for, then what it can count. */
  private int rank(String table) {
    int place = records.indexOf(table);
    return place >= 0 ? place : records.size() + (byTable.containsKey(table) ? 0 : 1);
  }

  private static String join(List<String> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /** {@code 3 customers}; {@code 3 records of _prisma_migrations}. */
  public String count(String table, long number) {
    return Optional.ofNullable(byTable.get(table))
        .map(known -> known.count(number, words.count(number)))
        .orElseGet(() -> words.count(number, "record") + " of " + table);
  }

  /** {@code customer}; a table's own name where nobody said. */
  public String one(String table) {
    return Optional.ofNullable(byTable.get(table)).map(TableWords::one).orElse(table);
  }

  /** What is locked in a table: {@code bank details}. */
  public String secrets(String table) {
    return Optional.ofNullable(byTable.get(table))
        .flatMap(TableWords::sealed)
        .orElse("locked values");
  }

  /** What a table's records are called: {@code customers}; its own name where nobody said. */
  public String called(String table) {
    return Optional.ofNullable(byTable.get(table)).map(TableWords::many).orElse(table);
  }

  /** All of a plan in one sentence, for the audit trail and for programs. */
  public String summary(Plan plan, boolean done) {
    return comingBack(plan, done).text()
        + ", "
        + changing(plan, done).text()
        + ", "
        + deleted(plan, done).text();
  }
}
