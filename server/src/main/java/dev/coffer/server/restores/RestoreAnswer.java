package dev.coffer.server.restores;

import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.Plan;
import dev.coffer.restore.RowExample;
import dev.coffer.restore.TablePlan;
import dev.coffer.restore.record.RecordJson;
import dev.coffer.restore.record.RecordSearch;
import dev.coffer.server.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A restore, or an undo, as programs see it while this server knows its plan.
 *
 * @param id of the plan
 * @param state PLANNING, PLANNED, REFUSED, APPLYING, DONE, FAILED or CANCELLED
 * @param subject the backup, or the restore that is undone
 * @param database what has to be sent to confirm it
 * @param changes what it would do, or did
 * @param job that works or worked on it
 */
record RestoreAnswer(
    UUID id,
    @Schema(example = "PLANNED") Restoration.State state,
    boolean undo,
    String subject,
    String createdBy,
    Instant createdAt,
    String database,
    Optional<RestoreChanges> changes,
    Optional<Map<String, Object>> problem,
    Optional<UUID> job) {

  /**
   * What is done to the database.
   *
   * @param summary in a sentence
   * @param restoreId by which it can be undone; empty before it is done
   * @param safetyBackup the file's name; empty before it is done
   * @param records the tree of the records that were asked for
   * @param lacks what keeps the role from doing it, before it is done; empty where nothing does
   * @param needNewSecrets whose passwords or bank details have to be set anew
   */
  record RestoreChanges(
      String summary,
      boolean applied,
      boolean rebuilt,
      String restoreId,
      String safetyBackup,
      long readBack,
      List<RestoredTable> tables,
      Optional<Map<String, Object>> records,
      List<RestoredRecord> needNewSecrets,
      List<String> needsAttention,
      Optional<LackingPrivileges> lacks) {}

  /** What keeps Coffer's role from doing it, and the statements that mend it. */
  record LackingPrivileges(
      @Schema(example = "coffer") String role,
      @Schema(example = "[\"table public.sales: no INSERT, DELETE\"]") List<String> problems,
      @Schema(example = "[\"GRANT INSERT, DELETE ON public.sales TO coffer;\"]")
          List<String> remedies) {
    static LackingPrivileges of(MissingPrivileges missing) {
      return new LackingPrivileges(missing.role(), missing.problems(), missing.remedies());
    }
  }

  /** What is done to one table. */
  record RestoredTable(
      @Schema(example = "sales") String table,
      long inserted,
      long changed,
      long deleted,
      long onlyInDatabase,
      long differing,
      long keptSecrets,
      long resets,
      List<String> resetKeys,
      List<RestoredExample> examples) {
    static RestoredTable of(TablePlan table) {
      return new RestoredTable(
          table.name(),
          table.inserted(),
          table.changed(),
          table.deleted(),
          table.onlyLive(),
          table.differing(),
          table.keptSecrets(),
          table.resets(),
          table.resetKeys(),
          table.examples().stream().map(RestoredExample::of).toList());
    }
  }

  /** One of the records that are touched; {@code key} is a JSON array. */
  record RestoredExample(RowExample.What what, String key, List<RestoredField> fields) {
    static RestoredExample of(RowExample example) {
      return new RestoredExample(
          example.what(),
          example.key(),
          example.fields().stream()
              .map(field ->
                  new RestoredField(field.column(), field.now(), field.then(), field.locked()))
              .toList());
    }
  }

  /** A value in the database, and in the backup; locked ones are never told. */
  record RestoredField(
      String column, Optional<String> now, Optional<String> then, boolean locked) {}

  /** A record by what people call it. */
  record RestoredRecord(String table, String id, String label) {
    static RestoredRecord of(RecordSearch.Found found) {
      return new RestoredRecord(found.table(), found.id(), found.label());
    }
  }

  static RestoreAnswer of(Restoration restoration, String database, PlanWords words) {
    Restoration.Course course = restoration.course();
    return new RestoreAnswer(
        restoration.id(),
        course.state(),
        restoration.undoes(),
        restoration.order().subject(),
        restoration.actor().name(),
        restoration.createdAt(),
        database,
        course.result().or(course::plan).map(outcome -> changes(outcome, course, words)),
        course.problem().map(failure -> Problem.of(PlainWords.told(failure)).members()),
        course.job());
  }

  static RestoreChanges changes(Outcome outcome, Restoration.Course course, PlanWords words) {
    Plan plan = outcome.plan();
    PlanView view = PlanView.of(outcome, outcome.applied(), dev.coffer.restore.Mode.EXACT, words);
    List<String> attention = new java.util.ArrayList<>(view.lost());
    attention.addAll(view.notices());
    return new RestoreChanges(
        words.summary(plan, outcome.applied()),
        outcome.applied(),
        outcome.rebuilt().isPresent(),
        outcome.restoreId().orElse(""),
        outcome.safety().map(file -> String.valueOf(file.getFileName())).orElse(""),
        outcome.readBack(),
        plan.tables().stream().map(RestoredTable::of).toList(),
        outcome.records().map(RecordJson::of),
        course.resets().stream().map(RestoredRecord::of).toList(),
        attention,
        outcome.lacks().map(LackingPrivileges::of));
  }
}
