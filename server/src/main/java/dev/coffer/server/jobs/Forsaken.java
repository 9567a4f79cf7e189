package dev.coffer.server.jobs;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What becomes of the jobs of a server that is gone. One that had begun is given up and never begun
 * again: nobody can know how far it came. One that waits for that server is freed where its order
 * says all that is needed, and given up where that was in the server's memory.
 */
@Component
class Forsaken {
  private static final String RESTORE =
      "The server stopped while this was under way. The list of restores says whether the database"
          + " was changed.";
  private static final String BEGUN =
      "The server stopped while this was under way. What it had finished is in the list; nothing"
          + " half made is left behind.";
  private static final String WAITED =
      "The server stopped before this began, and no other can do it: the plan or the key that it"
          + " needs was in that server's memory alone. Nothing was changed. Please ask for it"
          + " again.";

  private final JobClaims claims;
  private final Lanes lanes;
  private final TransactionTemplate transaction;

  Forsaken(JobClaims claims, Lanes lanes, TransactionTemplate transaction) {
    this.claims = claims;
    this.lanes = lanes;
    this.transaction = transaction;
  }

  /** Settles the jobs of servers that have not been seen since {@code before}. */
  void settle(Instant before, Instant now) {
    for (JobRow row : claims.forsaken(before)) {
      transaction.executeWithoutResult(status -> settle(row, before, now));
    }
  }

  /** The same at the start of a server that is alone, and gives all that waits its turn anew. */
  void settleAlone(Instant before, Instant now) {
    settle(before, now);
    transaction.executeWithoutResult(status -> {
      lanes.clear();
      claims.open().forEach(row -> lanes.enter(row, row.job().createdAt()));
    });
  }

  private void settle(JobRow row, Instant before, Instant now) {
    boolean waits = row.job().state() == JobState.WAITING;
    if (waits && row.order().isPresent()) {
      free(row);
    } else if (claims.giveUp(row, before, waits ? WAITED : words(row.job()), now)) {
      lanes.leave(row.job().id());
    }
  }

  /** Lets any server do a job that was to be done by one; it keeps its place in the queue. */
  private void free(JobRow row) {
    if (claims.free(row)) {
      lanes.leave(row.job().id());
      lanes.enter(JobRow.asked(row.job(), row.order(), ""), row.job().createdAt());
    }
  }

  /** Lets any server do what waits for this one, which stops. */
  void free(String server) {
    claims.open().stream()
        .filter(row -> row.isAt(server) && row.order().isPresent())
        .forEach(row -> transaction.executeWithoutResult(status -> free(row)));
  }

  private static String words(Job job) {
    return job.kind() == JobKind.RESTORE ? RESTORE : BEGUN;
  }
}
