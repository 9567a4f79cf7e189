package dev.coffer.restore;

import dev.coffer.backup.Cancellable;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.CommitFate;
import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.Application.Result;
import dev.coffer.restore.apply.StaleTable;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Applies changes, writes them down, and commits. Between the writing down and the commit nothing
 * can happen that the next run could not find out about.
 */
final class Committing {
  private final WriteTransaction transaction;
  private final ConnectionSettings settings;
  private final Journal journal;
  private final SigningKey signingKey;
  private final Progress progress;

  /** What is known of the run before its rows are. */
  record Facts(
      String backup,
      String mode,
      Optional<String> undoes,
      Path root,
      SafetyFile safety,
      String createdBy,
      String scope) {
    String safetyName() {
      return root.relativize(safety.file()).toString();
    }
  }

  /** What was committed. */
  record Committed(JournalEntry entry, List<String> notices) {}

  Committing(
      WriteTransaction transaction,
      ConnectionSettings settings,
      Journal journal,
      SigningKey signingKey,
      Progress progress) {
    this.transaction = transaction;
    this.settings = settings;
    this.journal = journal;
    this.signingKey = signingKey;
    this.progress = progress;
  }

  /**
   * Applies and commits.
   *
   * @param stale the failure to tell when rows are not as expected
   */
  Committed run(
      Application.Goal goal, Facts facts, Function<List<StaleTable>, CofferException> stale)
      throws IOException, InterruptedException {
    DatabaseIdentity database = transaction.identity();
    try (Journal.Draft draft = journal.begin()) {
      Result result = Application.run(transaction, goal, signingKey, draft, progress);
      return switch (result) {
        case Result.Stale(List<StaleTable> tables) -> throw stale.apply(tables);
        case Result.Written(var sequences, var notices) -> {
          String number = transaction.transactionId();
          JournalEntry entry =
              draft.write(tables ->
                  new JournalEntry(
                      draft.id(),
                      JournalEntry.State.APPLYING,
                      facts.backup(),
                      facts.mode(),
                      facts.undoes(),
                      Optional.empty(),
                      database,
                      facts.safetyName(),
                      number,
                      tables,
                      keys(goal),
                      sequences,
                      facts.createdBy(),
                      facts.scope()));
          facts.safety().keep();
          yield commit(entry, facts.safety(), notices);
        }
      };
    }
  }

  private static Map<String, List<String>> keys(Application.Goal goal) {
    Map<String, List<String>> keys = new HashMap<>();
    goal.changes().tables().forEach(pair -> keys.put(pair.after().logicalName(), pair.keyAfter()));
    return keys;
  }

  private Committed commit(JournalEntry entry, SafetyFile safety, List<String> notices)
      throws InterruptedException {
    progress.stage("committing");
    return Cancellable.undisturbed(() -> {
      try {
        transaction.commit();
      } catch (CofferException failure) {
        return afterwards(entry, safety, notices, failure);
      }
      return committed(entry, notices);
    });
  }

  /** Where the journal cannot be written, the next run learns from the server what is in it now. */
  private Committed committed(JournalEntry entry, List<String> notices) {
    try {
      journal.done(entry);
      return new Committed(entry, notices);
    } catch (CofferException unwritten) {
      return new Committed(
          entry,
          with(
              notices,
              "It is completed, but that could not be written down ("
                  + unwritten.fact()
                  + "); the next restore or undo does so."));
    }
  }

  private static List<String> with(List<String> notices, String another) {
    List<String> all = new ArrayList<>(notices);
    all.add(another);
    return all;
  }

  /** The commit's answer did not come: asks the server anew. */
  private Committed afterwards(
      JournalEntry entry, SafetyFile safety, List<String> notices, CofferException failure)
      throws InterruptedException {
    transaction.close();
    return switch (CommitFate.ask(settings, again -> CommitFate.of(again, entry.transactionId()))) {
      case COMMITTED ->
          committed(
              entry,
              with(notices, "The connection was lost at the end; the server has completed it."));
      case ABORTED -> {
        journal.put(entry.withState(JournalEntry.State.ROLLED_BACK));
        safety.forget();
        throw failure;
      }
      case UNKNOWN ->
          throw new CofferException(
              ErrorCode.DATABASE_LOST,
              "the connection was lost while the restore " + entry.id() + " was committed",
              "Whether it was completed only the server knows: the next restore or undo asks it,"
                  + " and tells.",
              failure);
    };
  }
}
