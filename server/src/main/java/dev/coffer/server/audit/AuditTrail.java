package dev.coffer.server.audit;

import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who did what, when, from where, why, and with what outcome. Entries are only ever appended, one
 * at a time, also by several servers: each takes the chain's end by a lock.
 */
@Component
public class AuditTrail {
  private static final int LONGEST_SUBJECT = 300;
  private static final String FIRST_HASH = "0".repeat(64);

  private final JdbcClient state;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  AuditTrail(JdbcClient state, TransactionTemplate transaction, InstantSource clock) {
    this.state = state;
    this.transaction = transaction;
    this.clock = clock;
  }

  private record Head(long lastId, String lastHash) {}

  /** What a check of the chain says; {@code brokenAt} is the first entry that does not fit. */
  public record Check(long entries, Optional<Long> brokenAt) {
    public boolean whole() {
      return brokenAt.isEmpty();
    }
  }

  public void done(Actor actor, Action action, String subject, String reason) {
    append(actor, action, subject, reason, Outcome.DONE, "");
  }

  /** Appends an entry; texts that are too long are cut. */
  public void append(
      Actor actor, Action action, String subject, String reason, Outcome outcome, String detail) {
    transaction.executeWithoutResult(status -> {
      Head head =
          state
              .sql("SELECT last_id, last_hash FROM audit_head WHERE id = 1 FOR UPDATE")
              .query((row, number) -> new Head(row.getLong(1), row.getString(2)))
              .single();
      write(
          AuditEntry.sealed(
              head.lastId() + 1,
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              new Actor(Times.cut(actor.name(), 200), Times.cut(actor.address(), 64)),
              action,
              Times.cut(subject, LONGEST_SUBJECT),
              Times.cut(reason, 600),
              outcome,
              Times.cut(detail, 2000),
              head.lastHash()));
    });
  }

  private void write(AuditEntry entry) {
    state
        .sql(
            """
            INSERT INTO audit_entry (id, at, actor, address, action, subject, reason, outcome,
              detail, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
        .params(
            entry.id(),
            Times.parameter(entry.at()),
            entry.actor().name(),
            entry.actor().address(),
            entry.action().name(),
            entry.subject(),
            entry.reason(),
            entry.outcome().name(),
            entry.detail(),
            entry.previousHash(),
            entry.hash())
        .update();
    state
        .sql("UPDATE audit_head SET last_id = ?, last_hash = ? WHERE id = 1")
        .params(entry.id(), entry.hash())
        .update();
  }

  /** The newest first. */
  public List<AuditEntry> page(int offset, int limit) {
    return state
        .sql("SELECT * FROM audit_entry ORDER BY id DESC OFFSET ? ROWS FETCH NEXT ? ROWS ONLY")
        .params(offset, limit)
        .query(AuditTrail::entry)
        .list();
  }

  public long count() {
    return state.sql("SELECT last_id FROM audit_head WHERE id = 1").query(Long.class).single();
  }

  /** What was done to a subject, the newest first. */
  public List<AuditEntry> of(String subject, int offset, int limit) {
    return state
        .sql(
            """
            SELECT * FROM audit_entry WHERE subject = ?
            ORDER BY id DESC OFFSET ? ROWS FETCH NEXT ? ROWS ONLY\
            """)
        .params(Times.cut(subject, LONGEST_SUBJECT), offset, limit)
        .query(AuditTrail::entry)
        .list();
  }

  /** How often something was done to a subject. */
  public long countOf(String subject) {
    return state
        .sql("SELECT count(*) FROM audit_entry WHERE subject = ?")
        .param(Times.cut(subject, LONGEST_SUBJECT))
        .query(Long.class)
        .single();
  }

  /** Gives every entry, the oldest first. */
  public void forEach(Consumer<AuditEntry> sink) {
    long after = 0;
    while (true) {
      List<AuditEntry> some =
          state
              .sql("SELECT * FROM audit_entry WHERE id > ? ORDER BY id FETCH NEXT 1000 ROWS ONLY")
              .param(after)
              .query(AuditTrail::entry)
              .list();
      if (some.isEmpty()) {
        return;
      }
      some.forEach(sink);
      after = some.getLast().id();
    }
  }

  /** Whether every entry is what it was when it was written, and none is missing. */
  public Check check() {
    Head end =
        state
            .sql("SELECT last_id, last_hash FROM audit_head WHERE id = 1")
            .query((row, number) -> new Head(row.getLong(1), row.getString(2)))
            .single();
    Chain chain = new Chain(end.lastId());
    forEach(chain::add);
    return chain.result(end);
  }

  /** Follows the chain. What was appended after it began is left to the next check. */
  private static final class Chain {
    private final long upTo;
    private long last;
    private String hash = FIRST_HASH;
    private Optional<Long> broken = Optional.empty();

    Chain(long upTo) {
      this.upTo = upTo;
    }

    void add(AuditEntry entry) {
      if (entry.id() > upTo || broken.isPresent()) {
        return;
      }
      boolean fits =
          entry.id() == last + 1
              && entry.previousHash().equals(hash)
              && entry.hash().equals(entry.computedHash());
      if (!fits) {
        broken = Optional.of(last + 1);
        return;
      }
      last = entry.id();
      hash = entry.hash();
    }

    Check result(Head end) {
      if (broken.isEmpty() && !(last == end.lastId() && hash.equals(end.lastHash()))) {
        broken = Optional.of(last + 1);
      }
      return new Check(last, broken);
    }
  }

  private static AuditEntry entry(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        Times.read(row, "at"),
        new Actor(row.getString("actor"), row.getString("address")),
        Action.valueOf(row.getString("action")),
        row.getString("subject"),
        row.getString("reason"),
        Outcome.valueOf(row.getString("outcome")),
        row.getString("detail"),
        row.getString("previous_hash"),
        row.getString("hash"));
  }
}
