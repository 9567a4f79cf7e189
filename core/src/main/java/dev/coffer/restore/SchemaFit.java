package dev.coffer.restore;

import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether rows of a backup fit into the tables that the database has now. */
final class SchemaFit {
  private static final List<String> WHOLE_NUMBERS =
      List.of("smallint", "integer", "bigint", "numeric");
  private static final Pattern SIZED =
      Pattern.compile("(character varying|bit varying)\\((\\d+)\\)");
  private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");
  private static final Pattern TIMES =
      Pattern.compile("(time|timestamp|interval)(?:\\((\\d)\\))?(.*)");

  private final List<String> problems = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final TypeFit types;

  private SchemaFit(TypeFit types) {
    this.types = types;
  }

  /**
   * Refuses what does not fit.
   *
   * @param types what is known of types that users make
   * @param filled whether a live column that a row does not give gets a value
   * @return what was resolved
   * @throws CofferException {@code SCHEMA_DIFFERS} listing all that does not fit
   */
  static List<String> check(
      ComparisonResult result, Mode mode, Predicate<String> changes, TypeFit types, Filled filled) {
    SchemaFit fit = new SchemaFit(types);
    for (ComparisonResult.OneSided table : result.oneSided()) {
      fit.oneSided(table);
    }
    for (TableResult table : result.tables()) {
      boolean touched = changes.test(table.pair().after().logicalName());
      fit.table(table.pair(), touched, mode == Mode.EXACT, filled);
    }
    return fit.result();
  }

  /** The same for tables in which something is to be changed. */
  static List<String> check(List<TablePair> touched, TypeFit types, Filled filled) {
    SchemaFit fit = new SchemaFit(types);
    touched.forEach(pair -> fit.table(pair, true, true, filled));
    return fit.result();
  }

  private List<String> result() {
    if (!problems.isEmpty()) {
      throw new CofferException(
          ErrorCode.SCHEMA_DIFFERS,
          "the database is not made as the backup is:\n  " + String.join("\n  ", problems),
          "Nothing was changed. Bring the structure back first, restore other tables with --table,"
              + " or restore into an empty database.");
    }
    return notices;
  }

  /** Whether the server fills a column that a row does not give. */
  @FunctionalInterface
  interface Filled {
    boolean column(Table table, Column column);
  }

  private void oneSided(ComparisonResult.OneSided table) {
    if (table.name().schema().equals("pg_catalog")) {
      // Large objects are no table that could be missing.
      return;
    }
    if (table.side() == Side.AFTER) {
      notices.add("Table " + table.logicalName() + " is not in the backup: it is left as it is.");
    } else if (table.rows() == 0) {
      notices.add(
          "Table "
              + table.logicalName()
              + " is missing from the database; it is empty in the backup.");
    } else {
      problems.add("table " + table.logicalName() + ": it is missing from the database");
    }
  }

  private void table(TablePair pair, boolean touched, boolean whole, Filled filled) {
    String name = pair.after().logicalName();
    Set<String> before = new HashSet<>();
    Set<String> after = new HashSet<>();
    for (TablePair.ColumnPair column : pair.columns()) {
      before.add(column.before().name());
      after.add(column.after().name());
      if (touched) {
        column(name, column);
      }
    }
    for (Column column : pair.before().storedColumns()) {
      if (!before.contains(column.name()) && (touched || whole)) {
        problems.add(
            "table " + name + ": column " + column.name() + " is missing, or computed, now");
      }
    }
    for (Column column : pair.after().storedColumns()) {
      if (after.contains(column.name()) || !touched) {
        continue;
      }
      if (column.notNull() && !filled.column(pair.after(), column)) {
        problems.add(
            "table "
                + name
                + ": column "
                + column.name()
                + " is new, must not be null, and has no default");
      } else {
        notices.add(
            "Table "
                + name
                + ": column "
                + column.name()
                + " is newer than the backup. Rows keep their value; inserted ones get its default.");
      }
    }
  }

  private void column(String table, TablePair.ColumnPair pair) {
    Column before = pair.before();
    Column after = pair.after();
    if (!before.name().equals(after.name())) {
      notices.add(
          "Table %s: %s is taken to be called %s now."
              .formatted(table, before.name(), after.name()));
    }
    if (!before.kind().equals(after.kind()) || !fits(before.type(), after.type())) {
      problems.add(
          "table %s: column %s is %s in the backup and %s now, which may not hold its values"
              .formatted(table, before.name(), before.type(), after.type()));
    } else if (after.notNull() && !before.notNull()) {
      notices.add(
          "Table %s: %s must not be null now; a restore ends without a change where it was."
              .formatted(table, after.name()));
    }
    if (before.type().equals(after.type())) {
      types
          .problem(after.type())
          .ifPresent(problem ->
              problems.add("table " + table + ": column " + after.name() + ": " + problem));
      types
          .missingLabels(after.type())
          .forEach(label ->
              notices.add(
                  ("Table %s: %s: the database has no %s; a restore ends without a change where a"
                          + " row has it.")
                      .formatted(table, after.name(), label)));
    }
  }

  /** Whether every text of one type's values is a text of the same value of the other's. */
  static boolean fits(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    int number = WHOLE_NUMBERS.indexOf(from);
    if (number >= 0 && WHOLE_NUMBERS.indexOf(to) >= number) {
      return true;
    }
    if (from.equals("real") && to.equals("double precision")) {
      return true;
    }
    Matcher sized = SIZED.matcher(from);
    if (sized.matches() || from.equals("character varying")) {
      boolean unlimited = to.equals("text") || to.equals("character varying");
      Matcher size = SIZED.matcher(to);
      return unlimited
          || (sized.matches()
              && size.matches()
              && Integer.parseInt(size.group(2)) >= Integer.parseInt(sized.group(2)));
    }
    if (from.equals("text") && to.equals("character varying")) {
      return true;
    }
    return numericFits(from, to) || timeFits(from, to);
  }

  private static boolean numericFits(String from, String to) {
    Matcher one = NUMERIC.matcher(from);
    Matcher other = NUMERIC.matcher(to);
    return one.matches()
        && (to.equals("numeric")
            || (other.matches()
                && one.group(2).equals(other.group(2))
                && Integer.parseInt(other.group(1)) >= Integer.parseInt(one.group(1))));
  }

  private static boolean timeFits(String from, String to) {
    Matcher one = TIMES.matcher(from);
    Matcher other = TIMES.matcher(to);
    return one.matches()
        && other.matches()
        && one.group(1).equals(other.group(1))
        && one.group(3).equals(other.group(3))
        && digits(other) >= digits(one);
  }

  private static int digits(Matcher time) {
    return time.group(2) == null ? 6 : Integer.parseInt(time.group(2));
  }
}
