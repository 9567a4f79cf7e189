package dev.coffer.restore.legacy;

import dev.coffer.model.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a restore from a legacy file can be relied on, to be shown with its plan.
 *
 * @param version of the file's format
 * @param checks what its own counts and weak hashes told: notes, since with an error there is no
 *     restore
 * @param onlyInFile tables that the database does not have: their rows are not restored
 * @param onlyInDatabase tables that the file says nothing about: they are left alone
 * @param emptyInFile tables that the file lists without rows. Earlier systems wrote an empty list
 *     for tables that they did not read, so these are left alone unless they are asked for by name
 * @param withoutKey tables whose rows in the file cannot be told apart by the database's primary
 *     key: they are left alone
 * @param columnsOnlyInFile {@code table.column}: their values are not restored
 * @param columnsOnlyInDatabase {@code table.column}: existing rows keep their values
 * @param unknownSecrets {@code table.column}: hidden or missing in the file. Existing rows keep
 *     theirs, and new ones have none
 * @param skipped rows that were left out
 */
public record Fidelity(
    String version,
    List<Finding> checks,
    List<String> onlyInFile,
    List<String> onlyInDatabase,
    List<String> emptyInFile,
    List<String> withoutKey,
    List<String> columnsOnlyInFile,
    List<String> columnsOnlyInDatabase,
    List<String> unknownSecrets,
    List<BadValue> skipped) {

  public Fidelity {
    checks = List.copyOf(checks);
    onlyInFile = List.copyOf(onlyInFile);
    onlyInDatabase = List.copyOf(onlyInDatabase);
    emptyInFile = List.copyOf(emptyInFile);
    withoutKey = List.copyOf(withoutKey);
    columnsOnlyInFile = List.copyOf(columnsOnlyInFile);
    columnsOnlyInDatabase = List.copyOf(columnsOnlyInDatabase);
    unknownSecrets = List.copyOf(unknownSecrets);
    skipped = List.copyOf(skipped);
  }

  /** All of it in sentences, the general ones first. */
  public List<String> statements() {
    List<String> told = new ArrayList<>();
    told.add(
        "A legacy backup, version "
            + version
            + ": it has no schema and no sequences, and its rows come from no common snapshot.");
    checks.forEach(finding -> told.add(finding.meaning() + " (" + finding.place() + ")."));
    tell(told, "The values of %s are not in the file: existing rows keep theirs.", unknownSecrets);
    tell(told, "Not in the database, and not restored: %s.", onlyInFile);
    tell(told, "Not in the file, and left alone: %s.", onlyInDatabase);
    tell(
        told,
        "Without a row in the file, which may mean that it was never read, and left alone: %s."
            + " --table restores it all the same.",
        emptyInFile);
    tell(told, "Without its primary key in the file, and left alone: %s.", withoutKey);
    tell(told, "Columns that the database does not have, not restored: %s.", columnsOnlyInFile);
    tell(told, "Columns that the file does not have, left alone: %s.", columnsOnlyInDatabase);
    skipped.forEach(bad -> told.add("Left out: " + bad.place() + ": " + bad.problem() + "."));
    return told;
  }

  /** How far a comparison with the file can be relied on, in sentences, the general ones first. */
  public List<String> comparisonStatements() {
    List<String> told = new ArrayList<>();
    told.add(
        "A backup of the earlier system, version "
            + version
            + ": its records come from no common moment, and it does not tell the structure.");
    checks.forEach(finding -> told.add(finding.meaning() + " (" + finding.place() + ")."));
    tell(told, "Not in the file, and so not compared: %s.", unknownSecrets);
    tell(told, "Tables that the database does not have, not compared: %s.", onlyInFile);
    List<String> silent = new ArrayList<>(onlyInDatabase);
    silent.addAll(emptyInFile);
    tell(told, "Tables that the file has no records of, not compared: %s.", silent);
    tell(told, "Tables without their key in the file, not compared: %s.", withoutKey);
    tell(told, "Columns that the database does not have, not compared: %s.", columnsOnlyInFile);
    tell(told, "Columns that the file does not have, not compared: %s.", columnsOnlyInDatabase);
    return told;
  }

  private static void tell(List<String> told, String sentence, List<String> names) {
    if (!names.isEmpty()) {
      told.add(sentence.formatted(String.join(", ", names)));
    }
  }
}
