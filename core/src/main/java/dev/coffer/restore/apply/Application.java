package dev.coffer.restore.apply;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.SequenceChange;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Fingerprint;
import dev.coffer.seal.SigningKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies changes in a transaction, without committing it: everything that can fail on account of
 * the rows has happened when this returns. Whoever calls it writes the journal, then commits.
 */
public final class Application {
  private Application() {}

  /**
   * What is to be reached.
   *
   * @param statements that make the backup's objects
   * @param exactSequences the database as the plan knows it, where sequences are set to just these
   *     states, rather than only forwards
   * @param nothingElse the database as the plan knows it, where no other row may have come or gone
   */
  public record Goal(
      RowChangeLog changes,
      List<SchemaStatement> statements,
      List<SequenceState> sequences,
      Optional<Known> exactSequences,
      Optional<Known> nothingElse) {
    public Goal {
      statements = List.copyOf(statements);
      sequences = List.copyOf(sequences);
    }
  }

  /**
   * A state of the database.
   *
   * @param oldest the oldest transaction that was running before it was read
   */
  public record Known(OpenedBackup backup, long oldest) {}

  /** How it went. */
  public sealed interface Result {
    /** The rows are not what the changes expect; nothing was changed. */
    record Stale(List<StaleTable> tables) implements Result {}

    /**
     * Written, checked and read back; to be committed.
     *
     * @param notices what a person should know
     */
    record Written(List<SequenceChange> sequences, List<String> notices) implements Result {}
  }

  /**
   * Applies.
   *
   * @param signingKey makes the fingerprints of live rows
   * @throws dev.coffer.error.CofferException {@code RESTORE_RUNNING}, {@code DATABASE_PRIVILEGES},
   *     {@code DATABASE_LOCKED}, {@code CONSTRAINT_VIOLATED} and others; nothing was changed then
   */
  public static Result run(
      WriteTransaction transaction,
      Goal goal,
      SigningKey signingKey,
      TouchedRows touched,
      Progress progress)
      throws IOException {
    RowChangeLog log = goal.changes();
    List<TablePair> pairs = log.tables();
    List<TablePair> tables =
        pairs.stream().filter(pair -> pair.after().kind() != Table.Kind.LARGE_OBJECTS).toList();
    progress.stage("locking tables");
    Map<QualifiedName, LiveTable> live =
        transaction.begin(
            tables.stream().map(pair -> pair.after().name()).toList(),
            goal.exactSequences().isPresent()
                ? goal.sequences().stream().map(SequenceState::name).toList()
                : List.of());
    List<StaleTable> stale = new ArrayList<>(altered(tables, live));
    if (!stale.isEmpty()) {
      return new Result.Stale(stale);
    }
    progress.stage("comparing once more");
    Optional<LargeObjectApplication> objects = Optional.empty();
    List<TableApplication> applications = new ArrayList<>();
    for (TablePair pair : pairs) {
      if (pair.after().kind() == Table.Kind.LARGE_OBJECTS) {
        LargeObjectApplication application = new LargeObjectApplication(transaction, pair, log);
        application.stage();
        application.stale().ifPresent(stale::add);
        objects = Optional.of(application);
        continue;
      }
      TableApplication application =
          new TableApplication(
              transaction,
              pair,
              java.util.Objects.requireNonNull(live.get(pair.after().name())),
              log,
              () -> fingerprint(pair.after(), signingKey));
      application.stage();
      if (goal.nothingElse().isPresent()) {
        Known known = goal.nothingElse().get();
        application.checkNothingElseChanged(known.backup(), known.oldest());
      }
      application.stale().ifPresent(stale::add);
      applications.add(application);
    }
    if (!stale.isEmpty()) {
      return new Result.Stale(stale);
    }
    progress.stage("writing rows");
    transaction.apply();
    if (objects.isPresent()) {
      objects.get().write();
    }
    List<SequenceChange> sequences =
        goal.exactSequences()
            .map(known ->
                transaction.setSequencesExactly(
                    goal.sequences(), known.backup().header().schema().sequences(), known.oldest()))
            .orElseGet(() -> transaction.setSequencesForwards(goal.sequences()));
    progress.stage("reading back");
    for (TableApplication application : applications) {
      application.readBack(touched);
    }
    if (objects.isPresent()) {
      objects.get().readBack(touched);
    }
    return new Result.Written(
        sequences, objects.map(made -> made.giveTraits(goal.statements())).orElse(List.of()));
  }

  private static Optional<Fingerprint> fingerprint(Table table, SigningKey key) {
    return table.sealedColumns().isEmpty()
        ? Optional.empty()
        : Optional.of(new Fingerprint(key.fingerprintKey()));
  }

  /** Tables that are no longer made as the plan knows them. */
  private static List<StaleTable> altered(
      List<TablePair> pairs, Map<QualifiedName, LiveTable> live) {
    List<StaleTable> altered = new ArrayList<>();
    for (TablePair pair : pairs) {
      Table table = pair.after();
      Map<String, String> types = new HashMap<>();
      Optional.ofNullable(live.get(table.name()))
          .ifPresent(
              found -> found.columns().forEach(column -> types.put(column.name(), column.type())));
      boolean same =
          types.size() == table.columns().size()
              && table.columns().stream().allMatch(column -> same(column, types));
      if (!same || !live.containsKey(table.name())) {
        altered.add(new StaleTable(table.logicalName(), 0, List.of()));
      }
    }
    return altered;
  }

  private static boolean same(Column column, Map<String, String> types) {
    return column.type().equals(types.get(column.name()));
  }
}
