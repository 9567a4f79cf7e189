package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The check of one legacy file: see {@link LegacyVerifier}. */
final class LegacyCheck implements LegacyVisitor {
  private final boolean sql;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Map<String, Long> counted = new LinkedHashMap<>();
  private final Map<String, TableHashes> hashes = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  LegacyCheck(boolean sql) {
    this.sql = sql;
  }

  @Override
  public void member(String name, Object value) {
    members.put(name, value);
  }

  @Override
  public boolean begin(String table) {
    if (!sql) {
      hashes.put(table, new TableHashes());
    }
    return !sql;
  }

  @Override
  public void row(String table, LegacyRow row) {
    TableHashes of = hashes.get(table);
    if (of != null) {
      of.add(row);
    }
  }

  @Override
  public void end(String table, long rows) {
    counted.put(table, rows);
    TableHashes of = hashes.get(table);
    if (of != null) {
      of.finish();
    }
  }

  /** What was found, after the whole file was read. */
  List<Finding> finish() {
    compare();
    return List.copyOf(findings);
  }

  /** What was found, after reading ended at {@code damage}. */
  List<Finding> finish(LegacyDamage damage) {
    findings.addFirst(damage.finding());
    noteWeakness(0);
    return List.copyOf(findings);
  }

  private void compare() {
    DeclaredCounts declared = DeclaredCounts.of(members, counted);
    declared.tables().forEach(this::compareCount);
    long sum = counted.values().stream().mapToLong(Long::longValue).sum();
    long declaredSum = declared.tables().values().stream().mapToLong(Long::longValue).sum();
    // Some versions counted only the tables they listed.
    long total = declared.total().orElse(sum);
    if (total != sum && total != declaredSum && !sql) {
      differs("all tables", total, sum);
    }
    int agreed = 0;
    for (Map.Entry<String, String> hash : declared.hashes().entrySet()) {
      agreed += compareHash(hash.getKey(), hash.getValue(), declared) ? 1 : 0;
    }
    if (!members.containsKey("metadata")) {
      findings.add(
          Finding.note(
              Finding.Code.LEGACY_NO_METADATA,
              "metadata",
              "The file declares no counts to compare its rows with"));
    }
    noteWeakness(agreed);
  }

  private void compareCount(String table, long declared) {
    Long found = counted.get(table);
    // An SQL dump has the tables' own names, its metadata may have logical ones.
    if (found == null ? declared != 0 && !sql : found >= 0 && found != declared) {
      differs("table " + table, declared, found == null ? 0 : found);
    }
  }

  private void differs(String place, long declared, long found) {
    findings.add(
        Finding.error(
            Finding.Code.COUNT_DIFFERS,
            place,
            "The metadata counts " + declared + " rows, the file has " + found));
  }

  private boolean compareHash(String table, String declared, DeclaredCounts counts) {
    TableHashes found = hashes.get(table);
    if (found == null) {
      return false;
    }
    if (found.printed().contains(declared)) {
      return true;
    }
    String place = "table " + table;
    if (found.skipped()) {
      findings.add(
          Finding.note(
              Finding.Code.LEGACY_HASH_DIFFERS,
              place,
              "The weak hash was not checked: more than "
                  + TableHashes.MOST_SORTED
                  + " rows would have to be sorted"));
      return false;
    }
    boolean countDiffers =
        !counted
            .getOrDefault(table, 0L)
            .equals(counts.tables().getOrDefault(table, counted.get(table)));
    findings.add(
        countDiffers
            ? Finding.error(
                Finding.Code.LEGACY_HASH_DIFFERS,
                place,
                "Neither the weak hash nor the count agrees")
            : Finding.note(
                Finding.Code.LEGACY_HASH_DIFFERS,
                place,
                "The weak hash does not agree with the rows in the file. It may have been made of"
                    + " some columns only, or of values that were masked afterwards: by itself this"
                    + " proves no damage"));
    return false;
  }

  private void noteWeakness(int agreed) {
    String meaning =
        sql
            ? "Legacy: a plain SQL dump has no hash; it was read to its end"
            : "Legacy, counts checked, weak hash ("
                + agreed
                + " of "
                + counted.size()
                + " tables agree): its 32 bits show accidents, not changes made on purpose";
    findings.add(Finding.note(Finding.Code.LEGACY_WEAK_HASH, "the file", meaning));
  }
}
