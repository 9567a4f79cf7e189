package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.journal.JournalEntry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells how a restore that failed or was cancelled really left the database. What is written and
 * asked after the commit can fail too: only the journal knows whether nothing was changed.
 */
@Component
class RealEnd {
  static final String CHANGED = "The database was changed.";
  static final String UNKNOWN = "It is not known whether the database was changed.";
  private static final Logger LOG = LoggerFactory.getLogger(RealEnd.class);

  private final PastRestores past;

  RealEnd(PastRestores past) {
    this.past = past;
  }

  /** The restores that the journal knows of. */
  Set<String> known() {
    return past.all().items().stream()
        .map(one -> one.entry().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The failure of a restore, in words that are true of the database.
   *
   * @param before what the journal knew when it began
   * @return the same where nothing was changed
   */
  CofferException told(CofferException failure, Set<String> before) {
    // A restore that was cancelled leaves its thread interrupted, which no file can be read with.
    boolean _ = Thread.interrupted();
    try {
      Optional<JournalEntry> entry = entry(before);
      if (entry.isPresent() && entry.get().state() == JournalEntry.State.APPLYING) {
        var _ = past.settle();
        entry = entry(before);
      }
      return entry.map(known -> told(failure, known)).orElse(failure);
    } catch (CofferException unreadable) {
      LOG.warn("How a restore ended cannot be told: {}", unreadable.getMessage());
      return unknown(failure);
    }
  }

  private Optional<JournalEntry> entry(Set<String> before) {
    return past.all().items().stream()
        .map(PastRestores.Past::entry)
        .filter(entry -> !before.contains(entry.id()))
        .findFirst();
  }

  private static CofferException told(CofferException failure, JournalEntry entry) {
    return switch (entry.state()) {
      case ROLLED_BACK -> failure;
      case DONE ->
          new CofferException(
              overIfCancelled(failure),
              "the restore " + entry.id() + " was completed; after it: " + failure.fact(),
              CHANGED
                  + " The list of restores says how"
                  + (entry.rebuild() ? "." : ", and can take it back."),
              failure);
      case APPLYING, UNKNOWN -> unknown(failure);
    };
  }

  private static CofferException unknown(CofferException failure) {
    return new CofferException(
        overIfCancelled(failure),
        failure.fact(),
        UNKNOWN + " The list of restores asks it.",
        failure);
  }

  /** What is called cancelled has changed nothing. */
  private static ErrorCode overIfCancelled(CofferException failure) {
    return failure.code() == ErrorCode.INTERRUPTED ? ErrorCode.DATABASE_LOST : failure.code();
  }
}
