package dev.coffer.restore.rebuild;

import dev.coffer.error.CofferException;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.Statistics;
import dev.coffer.postgres.write.TargetSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers the planner's statistics once everything is restored and committed: whatever ends this
 * early takes nothing back, so it is told and is no failure.
 */
final class Analysis {
  private static final int CONNECTIONS = 2;

  private Analysis() {}

  /**
   * Answers what a person should know where it did not come to its end.
   *
   * @param open a session that stays open; empty for none but those that are opened here
   */
  static Optional<String> run(
      Optional<TargetSession> open, ConnectionSettings settings, Source source) {
    source.progress().stage("analyzing");
    List<TargetSession> sessions = new ArrayList<>(open.stream().toList());
    try {
      if (open.isEmpty()) {
        sessions.add(TargetSession.open(settings, source.header().source().serverVersion()));
      }
      List<String> statements = Statistics.statements(sessions.getFirst());
      for (int i = 1; i < Math.min(CONNECTIONS, statements.size()); i++) {
        sessions.add(TargetSession.open(settings, source.header().source().serverVersion()));
      }
      Crew.run(sessions, tasks(statements), source.progress());
      return Optional.empty();
    } catch (CofferException failure) {
      return Optional.of("The database is restored, but not analyzed: " + failure.fact());
    } catch (InterruptedException cancelled) {
      return Optional.of("The database is restored, but not analyzed: this was interrupted.");
    } finally {
      sessions.stream().skip(open.stream().count()).forEach(TargetSession::close);
    }
  }

  private static List<Task> tasks(List<String> statements) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      String sql = statements.get(i);
      tasks.add(
          new Task(
              "analyzing",
              statements.size() - i,
              Map.of(),
              List.of(),
              session -> session.execute(sql, "cannot run " + sql)));
    }
    return tasks;
  }
}
