package dev.coffer.server.jobs;

import dev.coffer.server.audit.Actor;
import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs, past and present, as the state keeps them. */
@Component
class Jobs {
  private final JdbcClient state;

  Jobs(JdbcClient state) {
    this.state = state;
  }

  Optional<Job> find(UUID id) {
    return state
        .sql("SELECT * FROM job WHERE id = ?")
        .param(id.toString())
        .query(Jobs::job)
        .optional();
  }

  /** Those of a kind and in a state, where one is given; the newest first. */
  List<Job> page(Optional<JobKind> kind, Optional<JobState> how, int offset, int limit) {
    return state
        .sql(
            "SELECT * FROM job"
                + where(kind, how)
                + " ORDER BY created_at DESC, id OFFSET ? ROWS FETCH NEXT ? ROWS ONLY")
        .params(Stream.concat(names(kind, how), Stream.<Object>of(offset, limit)).toList())
        .query(Jobs::job)
        .list();
  }

  /** Those of a kind that failed or are not over, the newest first; so many at most. */
  List<Job> openOrFailed(JobKind kind, int limit) {
    return state
        .sql(
            """
            SELECT * FROM job WHERE kind = ? AND state IN ('WAITING', 'RUNNING', 'FAILED')
            ORDER BY created_at DESC FETCH NEXT ? ROWS ONLY\
            """)
        .params(kind.name(), limit)
        .query(Jobs::job)
        .list();
  }

  long count(Optional<JobKind> kind, Optional<JobState> how) {
    return state
        .sql("SELECT count(*) FROM job" + where(kind, how))
        .params(names(kind, how).toList())
        .query(Long.class)
        .single();
  }

  private static String where(Optional<JobKind> kind, Optional<JobState> how) {
    List<String> conditions =
        Stream.concat(
                kind.map(given -> "kind = ?").stream(), how.map(given -> "state = ?").stream())
            .toList();
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private static Stream<Object> names(Optional<JobKind> kind, Optional<JobState> how) {
    return Stream.concat(kind.map(JobKind::name).stream(), how.map(JobState::name).stream());
  }

  /** Those of a kind that failed, and about whose subject none was done since; the oldest first. */
  List<Job> unsettled(JobKind kind) {
    return state
        .sql(
            """
            SELECT * FROM job failed WHERE kind = ? AND state = 'FAILED' AND NOT EXISTS (
              SELECT 1 FROM job done WHERE done.kind = failed.kind AND done.state = 'DONE'
              AND done.subject = failed.subject AND done.ended_at >= failed.ended_at)
            ORDER BY created_at\
            """)
        .param(kind.name())
        .query(Jobs::job)
        .list();
  }

  static Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        UUID.fromString(row.getString("id")),
        JobKind.valueOf(row.getString("kind")),
        JobState.valueOf(row.getString("state")),
        row.getString("subject"),
        row.getString("reason"),
        new Actor(row.getString("actor"), row.getString("address")),
        Times.read(row, "created_at"),
        Times.readOptional(row, "started_at"),
        Times.readOptional(row, "ended_at"),
        row.getString("outcome"));
  }
}
