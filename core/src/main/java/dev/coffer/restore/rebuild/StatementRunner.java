package dev.coffer.restore.rebuild;

import dev.coffer.loading.RoleGuard;
import dev.coffer.model.SchemaStatement;
import dev.coffer.postgres.write.EmptyTarget;
import dev.coffer.postgres.write.TargetSession;
import java.util.ArrayList;
import java.util.List;

/** Runs the backup's statements, and remembers what the server lacks a role for. */
final class StatementRunner {
  private final EmptyTarget target;
  private final List<String> leftOut = new ArrayList<>();

  StatementRunner(EmptyTarget target) {
    this.target = target;
  }

  void run(TargetSession session, SchemaStatement statement) {
    boolean isThere =
        statement.kind().equals("SCHEMA") && target.schemas().contains(statement.name());
    if (isThere) {
      return;
    }
    String what = "cannot create " + statement.kind() + " " + statement.name();
    for (String sql : RoleGuard.statements(statement)) {
      List<String> warnings = session.execute(sql, what);
      if (!sql.equals(statement.sql())) {
        warnings.forEach(warning -> leftOut(statement, warning));
      }
    }
  }

  private synchronized void leftOut(SchemaStatement statement, String warning) {
    leftOut.add(statement.kind() + " " + statement.name() + ": " + warning);
  }

  synchronized List<String> leftOut() {
    return leftOut.stream().distinct().toList();
  }
}
