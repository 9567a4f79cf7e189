package dev.coffer.server.comparisons;

import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The newest comparisons, as the state keeps them: counts and names, no records. */
@Component
class Comparisons {
  static final int KEPT = 200;

  private final JdbcClient state;
  private final JsonMapper json;

  Comparisons(JdbcClient state, JsonMapper json) {
    this.state = state;
    this.json = json;
  }

  /** The id that a text is; empty where it is none. */
  static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  void add(Comparing comparing) {
    Wanted wanted = comparing.wanted();
    state
        .sql(
            """
            INSERT INTO comparison (id, job_id, backup, other, wanted_tables, actor, created_at,
              report)
            VALUES (?, '', ?, ?, ?, ?, ?, '')\
            """)
        .params(
            comparing.id().toString(),
            wanted.backup(),
            wanted.other().orElse(""),
            json.writeValueAsString(wanted.tables()),
            Times.cut(comparing.actor(), 200),
            Times.parameter(comparing.createdAt()))
        .update();
    state
        .sql(
            """
            DELETE FROM comparison WHERE created_at < (
              SELECT created_at FROM comparison ORDER BY created_at DESC
              OFFSET ? ROWS FETCH NEXT 1 ROWS ONLY)\
            """)
        .param(KEPT - 1)
        .update();
  }

  void begun(UUID id, UUID job) {
    set(id, "job_id", job.toString());
  }

  void done(UUID id, Report report) {
    set(id, "report", json.writeValueAsString(report));
  }

  private void set(UUID id, String column, String value) {
    state
        .sql("UPDATE comparison SET " + column + " = ? WHERE id = ?")
        .params(value, id.toString())
        .update();
  }

  void remove(UUID id) {
    state.sql("DELETE FROM comparison WHERE id = ?").param(id.toString()).update();
  }

  Optional<Comparing> find(UUID id) {
    return state
        .sql("SELECT * FROM comparison WHERE id = ?")
        .param(id.toString())
        .query(this::comparing)
        .optional();
  }

  long count() {
    return state.sql("SELECT count(*) FROM comparison").query(Long.class).single();
  }

  /** The newest first. */
  List<Comparing> recent(int skip, int limit) {
    return state
        .sql(
            """
            SELECT * FROM comparison ORDER BY created_at DESC, id
            OFFSET ? ROWS FETCH NEXT ? ROWS ONLY\
            """)
        .params(skip, limit)
        .query(this::comparing)
        .list();
  }

  private Comparing comparing(ResultSet row, int number) throws SQLException {
    String other = row.getString("other");
    return new Comparing(
        UUID.fromString(row.getString("id")),
        Optional.of(row.getString("job_id")).filter(job -> !job.isEmpty()).map(UUID::fromString),
        new Wanted(
            row.getString("backup"),
            other.isEmpty() ? Optional.empty() : Optional.of(other),
            List.of(json.readValue(row.getString("wanted_tables"), String[].class))),
        row.getString("actor"),
        Times.read(row, "created_at"),
        Optional.of(row.getString("report"))
            .filter(report -> !report.isEmpty())
            .map(report -> json.readValue(report, Report.class)));
  }
}
