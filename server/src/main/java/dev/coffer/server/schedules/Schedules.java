package dev.coffer.server.schedules;

import dev.coffer.model.BackupKind;
import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The schedules, as the state keeps them. */
@Component
public class Schedules {
  private final JdbcClient state;

  Schedules(JdbcClient state) {
    this.state = state;
  }

  /** By name. */
  public List<Schedule> all() {
    return state.sql("SELECT * FROM schedule ORDER BY name").query(Schedules::schedule).list();
  }

  public Optional<Schedule> find(UUID id) {
    return state
        .sql("SELECT * FROM schedule WHERE id = ?")
        .param(id.toString())
        .query(Schedules::schedule)
        .optional();
  }

  /** Adds it, due from {@code now} on; false where another has its name. */
  public boolean add(Schedule schedule, Instant now) {
    try {
      state
          .sql(
              """
              INSERT INTO schedule (id, name, cron, zone, kind, reason, paused, next_at, last_good,
                last_outcome, missed)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, TRUE, '', 0)\
              """)
          .param(schedule.id().toString())
          .param(schedule.name())
          .param(schedule.cron().toString())
          .param(schedule.zone().getId())
          .param(schedule.kind().word())
          .param(schedule.reason())
          .param(schedule.paused())
          .param(time(schedule.nextAfter(now)))
          .update();
      return true;
    } catch (DuplicateKeyException taken) {
      return false;
    }
  }

  /** Changes what it is, due from {@code now} on; false where another has its name. */
  public boolean change(Schedule schedule, Instant now) {
    try {
      state
          .sql(
              """
              UPDATE schedule SET name = ?, cron = ?, zone = ?, kind = ?, reason = ?, paused = ?,
                next_at = ?
              WHERE id = ?\
              """)
          .param(schedule.name())
          .param(schedule.cron().toString())
          .param(schedule.zone().getId())
          .param(schedule.kind().word())
          .param(schedule.reason())
          .param(schedule.paused())
          .param(time(schedule.nextAfter(now)))
          .param(schedule.id().toString())
          .update();
      return true;
    } catch (DuplicateKeyException taken) {
      return false;
    }
  }

  public void remove(UUID id) {
    state.sql("DELETE FROM schedule WHERE id = ?").param(id.toString()).update();
  }

  /** Writes down when it runs next. */
  public void next(UUID id, Optional<Instant> next) {
    state
        .sql("UPDATE schedule SET next_at = ? WHERE id = ?")
        .param(time(next))
        .param(id.toString())
        .update();
  }

  /** Writes down that runs have fallen out, besides those that have already. */
  public void missed(UUID id, int count, Instant since) {
    state
        .sql(
            """
            UPDATE schedule SET missed = missed + ?, missed_since = COALESCE(missed_since, ?)
            WHERE id = ?\
            """)
        .params(count, Times.parameter(since), id.toString())
        .update();
  }

  /** Writes down what came of a run; one that was good and in time ends what was missed. */
  public void ran(UUID id, Instant at, boolean good, boolean inTime, String outcome) {
    state
        .sql("UPDATE schedule SET last_at = ?, last_good = ?, last_outcome = ? WHERE id = ?")
        .params(Times.parameter(at), good, Times.cut(outcome, 2000), id.toString())
        .update();
    if (good && inTime) {
      state
          .sql("UPDATE schedule SET missed = 0, missed_since = NULL WHERE id = ?")
          .param(id.toString())
          .update();
    }
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> instant) {
    return instant.map(Times::parameter).orElse(null);
  }

  private static Schedule schedule(ResultSet row, int number) throws SQLException {
    return new Schedule(
        UUID.fromString(row.getString("id")),
        row.getString("name"),
        Cron.parse(row.getString("cron")),
        ZoneId.of(row.getString("zone")),
        BackupKind.of(row.getString("kind")).orElseThrow(),
        row.getString("reason"),
        row.getBoolean("paused"),
        new Schedule.Standing(
            Times.readOptional(row, "next_at"),
            Times.readOptional(row, "last_at"),
            row.getBoolean("last_good"),
            row.getString("last_outcome"),
            row.getInt("missed"),
            Times.readOptional(row, "missed_since")));
  }
}
