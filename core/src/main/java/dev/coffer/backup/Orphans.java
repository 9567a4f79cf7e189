package dev.coffer.backup;

import dev.coffer.insight.OrphanQuery;
import dev.coffer.model.BackupInfo;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the database which rows refer to rows that do not exist. */
final class Orphans {

  private Orphans() {}

  static List<BackupInfo.FlaggedRows> find(List<OrphanQuery> queries, Connection connection)
      throws SQLException {
    List<BackupInfo.FlaggedRows> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (OrphanQuery query : queries) {
        ask(query, statement).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<BackupInfo.FlaggedRows> ask(OrphanQuery query, Statement statement)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(query.sql())) {
      row.next();
      Array ids = row.getArray(2);
      return query.answer(row.getLong(1), List.of((String[]) ids.getArray()));
    }
  }
}
