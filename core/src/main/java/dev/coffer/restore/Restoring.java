package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.loading.NoStandIn;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.apply.StaleTable;
import dev.coffer.restore.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A restore under way: what was asked for, and what is at hand.
 *
 * @param notices collects what a person should read
 */
@SuppressWarnings("UnusedVariable") // a record's components are its methods
record Restoring(
    RestoreRequest request,
    WriteTransaction target,
    Journal journal,
    Progress progress,
    List<String> notices) {
  /** Where intermediate data lies. */
  static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  String database() {
    return target.identity().name();
  }

  void tell(String notice) {
    notices.add(notice);
    progress.notice(notice);
  }

  /** The plan, with what would keep the role from applying it. */
  Outcome planned(Plan plan, RowChangeLog changes, List<SequenceState> sequences) {
    return planned(target, plan, changes, sequences, notices);
  }

  static Outcome planned(
      WriteTransaction target,
      Plan plan,
      RowChangeLog changes,
      List<SequenceState> sequences,
      List<String> notices) {
    Outcome outcome = Outcome.planned(target.identity().name(), plan, notices);
    return plan.isEmpty()
        ? outcome
        : outcome.lacking(
            target.missing(
                changes.tables().stream()
                    .map(TablePair::after)
                    .filter(table -> table.kind() != Table.Kind.LARGE_OBJECTS)
                    .map(Table::name)
                    .toList(),
                sequences.stream().map(SequenceState::name).toList()));
  }

  /**
   * The plan, with what would keep it from being applied without the key.
   *
   * @throws CofferException {@code KEY_NEEDED} where that is what was asked for
   */
  Plan withStandIns(Plan plan, RowChangeLog changes) throws IOException {
    List<String> problems = StandInCheck.problems(target, changes, plan);
    if (!problems.isEmpty() && request.withoutKey()) {
      throw NoStandIn.refusal(problems);
    }
    return plan.telling("Not without the key: ", problems);
  }

  /**
   * The plan, with the rows of the database that would keep it from being applied.
   *
   * @throws CofferException {@code CONSTRAINT_VIOLATED} where it is to be applied
   */
  Plan withStandingRows(Plan plan, RowChangeLog changes) throws IOException {
    List<String> problems = UniqueCheck.problems(target, changes);
    if (!problems.isEmpty() && request.confirm().isPresent()) {
      throw new CofferException(
          ErrorCode.CONSTRAINT_VIOLATED,
          "rows of the database have what no two rows may share:\n  "
              + String.join("\n  ", problems),
          "Nothing was changed. Change or delete these rows of the database first, or leave the"
              + " table out with --table. --mode exact makes whole tables what the backup says.");
    }
    return plan.telling("Cannot be applied as it is: ", problems);
  }

  /**
   * @throws CofferException {@code KEY_NEEDED}
   */
  void requireKey(Plan plan) {
    if (plan.lacksKey() && !request.withoutKey()) {
      throw keyNeeded();
    }
  }

  /**
   * Refuses to apply another plan than the one that somebody has seen.
   *
   * @throws CofferException {@code PLAN_STALE}
   */
  static void requirePinned(Optional<PlanPin> seen, Plan plan) {
    if (seen.isPresent() && !seen.get().equals(plan.pin())) {
      throw new CofferException(
          ErrorCode.PLAN_STALE,
          "the database has changed since the plan was made: another plan would be right now",
          "Nothing was changed. Make the plan anew, and look at it.");
    }
  }

  static CofferException keyNeeded() {
    return new CofferException(
        ErrorCode.KEY_NEEDED,
        "passwords or bank details have to be restored, and no identity opens them",
        "Nothing was changed. Name the identity with --identity FILE. With --without-key the"
            + " restore goes on: rows that are there keep theirs; new ones get none, or one that"
            + " nobody can use, and are listed.");
  }

  /** Which live columns the server fills in rows that do not give them. */
  SchemaFit.Filled filled(List<TablePair> pairs) {
    Map<QualifiedName, LiveTable> live =
        target.look(pairs.stream().map(pair -> pair.after().name()).toList());
    return (table, column) ->
        Optional.ofNullable(live.get(table.name())).stream()
            .flatMap(found -> found.columns().stream())
            .anyMatch(found -> found.name().equals(column.name()) && found.filled());
  }

  /**
   * The states to bring sequences to, when they only go forwards: also those that a backup lacks.
   */
  static List<SequenceState> sequences(OpenedBackup backup, List<SequenceState> live) {
    Map<QualifiedName, SequenceState> states = new LinkedHashMap<>();
    live.forEach(state -> states.put(state.name(), state));
    backup.header().schema().sequences().stream()
        .filter(state -> states.containsKey(state.name()))
        .forEach(state -> states.put(state.name(), state));
    return List.copyOf(states.values());
  }

  /** Applies a plan and commits it. */
  Outcome commit(Application.Goal goal, Plan plan, SafetyFile safety)
      throws IOException, InterruptedException {
    Committing.Committed committed =
        new Committing(
                target,
                request.live().database(),
                journal,
                request.live().keys().signingKey(),
                progress)
            .run(
                goal,
                new Committing.Facts(
                    String.valueOf(request.backup().getFileName()),
                    request.mode().word(),
                    Optional.empty(),
                    request.live().root(),
                    safety,
                    request.live().createdBy(),
                    request.scope()),
                this::stale);
    committed.notices().forEach(this::tell);
    return Outcome.applied(committed.entry(), plan, safety.file(), notices);
  }

  private CofferException stale(List<StaleTable> tables) {
    return new CofferException(
        ErrorCode.PLAN_STALE,
        "the database has changed since the plan was made: "
            + tables.stream()
                .map(table ->
                    table.rows() == 0
                        ? table.table() + " was altered"
                        : table.rows() + " row(s) of " + table.table())
                .collect(Collectors.joining(", ")),
        "Nothing was changed. Restore again: the plan is made anew. Where others write all the"
            + " time, stop them meanwhile, or restore fewer tables with --table."
            + (request.mode() == Mode.EXACT
                ? ""
                : " Where it is the same rows again, the database has others whose keys equal theirs"
                    + " and are only spelt differently: --mode exact puts them in their place."));
  }

  /** The logical names of tables with changes. */
  static List<String> names(RowChangeLog changes) {
    return changes.tables().stream().map(TablePair::after).map(Table::logicalName).toList();
  }
}
