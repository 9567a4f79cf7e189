package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.OneSided;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.TableWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison in words, as a profile calls what a table holds. */
public final class Summary {
  private final Profile profile;
  private final List<String> deleted = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> added = new ArrayList<>();

  private Summary(Profile profile) {
    this.profile = profile;
  }

  /**
   * {@code 14 customers deleted}, {@code 3 bank details changed}, {@code 212 SMS added}: what is
   * lost first. Empty where no rows differ.
   */
  public static List<String> of(ComparisonResult result, Profile profile) {
    Summary summary = new Summary(profile);
    result.tables().forEach(summary::table);
    result.oneSided().forEach(summary::oneSided);
    List<String> phrases = new ArrayList<>(summary.deleted);
    phrases.addAll(summary.secrets);
    phrases.addAll(summary.changed);
    phrases.addAll(summary.added);
    return phrases;
  }

  private void table(TableResult result) {
    Table table = result.pair().after();
    ChangeLog.Counts counts = result.counts();
    phrase(deleted, table, counts.removed(), "deleted", "deleted from");
    phrase(changed, table, result.valuesChanged(), "changed", "changed in");
    phrase(added, table, counts.added(), "added", "added to");
    sealed(table, result.sealedChanged());
  }

  private void phrase(
      List<String> phrases, Table table, long rows, String done, String doneToTable) {
    if (rows > 0) {
      phrases.add(
          words(table)
              .map(words -> words.count(rows, number(rows)) + " " + done)
              .orElseGet(() -> number(rows) + " " + doneToTable + " " + table.logicalName()));
    }
  }

  private void sealed(Table table, long rows) {
    if (rows == 0) {
      return;
    }
    Optional<TableWords> words = words(table);
    Optional<String> name = words.flatMap(TableWords::sealed);
    if (name.isEmpty()) {
      secrets.add(number(rows) + " with sealed values changed in " + table.logicalName());
    } else if (rows == 1) {
      secrets.add(name.get() + " of " + words.get().count(1, "1") + " changed");
    } else {
      secrets.add(number(rows) + " " + name.get() + " changed");
    }
  }

  private Optional<TableWords> words(Table table) {
    return profile.words(table.name());
  }

  private void oneSided(OneSided table) {
    String rows = " (" + number(table.rows()) + (table.rows() == 1 ? " row)" : " rows)");
    if (table.side() == Side.BEFORE) {
      deleted.add("table " + table.logicalName() + " is gone" + rows);
    } else {
      added.add("table " + table.logicalName() + " is new" + rows);
    }
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
