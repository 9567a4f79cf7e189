package dev.coffer.postgres.write;

import java.sql.SQLException;
import java.util.List;

/** What has rows that the planner should know of (PostgreSQL manual, "ANALYZE"). */
public final class Statistics {

  private Statistics() {}

  /** One statement for each table and materialized view, the largest first. */
  public static List<String> statements(TargetSession session) {
    try {
      return EmptyTarget.texts(
          session.connection(),
          "SELECT 'ANALYZE ' || c.oid::regclass FROM pg_class c"
              + " WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384"
              + " ORDER BY c.relpages DESC, c.oid");
    } catch (SQLException failure) {
      throw session.told(failure, "cannot list the tables to analyze");
    }
  }
}
