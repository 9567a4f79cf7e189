package dev.coffer.server.jobs;

import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which server has which job, as the state keeps it. A job is taken by the one statement that makes
 * a waiting one run, which fits once whoever tries it.
 */
@Component
class JobClaims {
  private static final String OPEN = "state IN ('WAITING', 'RUNNING')";

  private final JdbcClient state;

  JobClaims(JdbcClient state) {
    this.state = state;
  }

  void add(JobRow row) {
    Job job = row.job();
    state
        .sql(
            """
            INSERT INTO job (id, kind, state, subject, reason, actor, address, created_at, seen_at,
              outcome, work, arguments, server)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)\
            """)
        .params(
            job.id().toString(),
            job.kind().name(),
            job.state().name(),
            Times.cut(job.subject(), 300),
            Times.cut(job.reason(), 600),
            Times.cut(job.actor().name(), 200),
            Times.cut(job.actor().address(), 64),
            Times.parameter(job.createdAt()),
            Times.parameter(job.createdAt()),
            row.order().map(Order::work).orElse(""),
            JobJson.arguments(row.order()),
            row.server())
        .update();
  }

  Optional<JobRow> find(UUID id) {
    return state
        .sql("SELECT * FROM job WHERE id = ?")
        .param(id.toString())
        .query(JobClaims::row)
        .optional();
  }

  /** Those that wait or run, on any server; the oldest first. */
  List<JobRow> open() {
    return state
        .sql("SELECT * FROM job WHERE " + OPEN + " ORDER BY created_at, id")
        .query(JobClaims::row)
        .list();
  }

  /** Takes a job that waits; false where it waits no more. */
  boolean begin(UUID id, String server, Instant now) {
    return state
            .sql(
                """
                UPDATE job SET state = 'RUNNING', server = ?, started_at = ?, seen_at = ?
                WHERE id = ? AND state = 'WAITING'\
                """)
            .params(server, Times.parameter(now), Times.parameter(now), id.toString())
            .update()
        == 1;
  }

  /** Ends a job that waits; false where it waits no more. */
  boolean cancelWaiting(UUID id, String words, Instant now) {
    return state
            .sql(
                """
                UPDATE job SET state = 'CANCELLED', ended_at = ?, outcome = ?
                WHERE id = ? AND state = 'WAITING'\
                """)
            .params(Times.parameter(now), words, id.toString())
            .update()
        == 1;
  }

  /** Asks the server that has a job to end it. */
  void askCancel(UUID id) {
    state
        .sql("UPDATE job SET cancel_asked = TRUE WHERE id = ? AND " + OPEN)
        .param(id.toString())
        .update();
  }

  void progress(UUID id, Reading reading) {
    state
        .sql("UPDATE job SET progress = ? WHERE id = ? AND state = 'RUNNING'")
        .params(JobJson.progress(reading), id.toString())
        .update();
  }

  /** The server that has it is alive. */
  void seen(UUID id, Instant now) {
    state
        .sql("UPDATE job SET seen_at = ? WHERE id = ?")
        .params(Times.parameter(now), id.toString())
        .update();
  }

  void ended(Job job, String error) {
    state
        .sql(
            """
            UPDATE job SET state = ?, subject = ?, ended_at = ?, outcome = ?, error = ?
            WHERE id = ?\
            """)
        .params(
            job.state().name(),
            Times.cut(job.subject(), 300),
            Times.parameter(job.endedAt().orElseThrow()),
            Times.cut(job.outcome(), 2000),
            error,
            job.id().toString())
        .update();
  }

  /** Those that a server had which has not been seen since {@code before}. */
  List<JobRow> forsaken(Instant before) {
    return state
        .sql(
            "SELECT * FROM job WHERE "
                + OPEN
                + " AND seen_at < ? AND (state = 'RUNNING' OR work = '' OR server <> '')")
        .param(Times.parameter(before))
        .query(JobClaims::row)
        .list();
  }

  /** Lets any server take a job that waits for one that is gone; false where another did so. */
  boolean free(JobRow row) {
    return state
            .sql("UPDATE job SET server = '' WHERE id = ? AND state = 'WAITING' AND server = ?")
            .params(row.job().id().toString(), row.server())
            .update()
        == 1;
  }

  /** Gives up a job whose server is gone; false where another did so, or it was not gone. */
  boolean giveUp(JobRow row, Instant before, String words, Instant now) {
    return state
            .sql(
                """
                UPDATE job SET state = 'FAILED', ended_at = ?, outcome = ?
                WHERE id = ? AND state = ? AND seen_at < ?\
                """)
            .params(
                Times.parameter(now),
                words,
                row.job().id().toString(),
                row.job().state().name(),
                Times.parameter(before))
            .update()
        == 1;
  }

  private static JobRow row(ResultSet row, int number) throws SQLException {
    return new JobRow(
        Jobs.job(row, number),
        JobJson.order(row.getString("work"), row.getString("arguments")),
        row.getString("server"),
        row.getBoolean("cancel_asked"),
        JobJson.progress(row.getString("progress")),
        row.getString("error"));
  }
}
