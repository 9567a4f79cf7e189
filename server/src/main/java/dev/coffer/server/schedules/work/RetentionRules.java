package dev.coffer.server.schedules.work;

import dev.coffer.retention.RetentionRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The one rule by which old backups go, as the state keeps it. */
@Component
class RetentionRules {
  private final JdbcClient state;
  private final TransactionTemplate transaction;

  RetentionRules(JdbcClient state, TransactionTemplate transaction) {
    this.state = state;
    this.transaction = transaction;
  }

  /** A rule; one that is not active deletes nothing. */
  record Setting(boolean active, RetentionRule rule) {
    String words() {
      return "the newest %d, and the last of %d days, %d weeks, %d months and %d years"
          .formatted(rule.newest(), rule.daily(), rule.weekly(), rule.monthly(), rule.yearly());
    }
  }

  /** What an admin has set; until then a proposal, which deletes nothing. */
  Setting current() {
    return state
        .sql("SELECT * FROM retention_rule WHERE id = 1")
        .query(RetentionRules::setting)
        .optional()
        .orElseGet(() ->
            new Setting(
                false, new RetentionRule(7, 14, 8, 12, 7, ZoneId.of(ScheduleForm.ownZone()))));
  }

  void set(Setting setting) {
    RetentionRule rule = setting.rule();
    transaction.executeWithoutResult(status -> {
      state.sql("DELETE FROM retention_rule WHERE id = 1").update();
      state
          .sql("INSERT INTO retention_rule VALUES (1, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              setting.active(),
              rule.newest(),
              rule.daily(),
              rule.weekly(),
              rule.monthly(),
              rule.yearly(),
              rule.zone().getId())
          .update();
    });
  }

  private static Setting setting(ResultSet row, int number) throws SQLException {
    return new Setting(
        row.getBoolean("active"),
        new RetentionRule(
            row.getInt("newest"),
            row.getInt("daily"),
            row.getInt("weekly"),
            row.getInt("monthly"),
            row.getInt("yearly"),
            ZoneId.of(row.getString("zone"))));
  }
}
