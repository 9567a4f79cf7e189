package dev.coffer.restore.rebuild;

import dev.coffer.error.CofferException;
import dev.coffer.loading.SequenceSql;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.SequenceState;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.CommitFate;
import dev.coffer.postgres.write.EmptyTarget;
import dev.coffer.postgres.write.Marker;
import dev.coffer.postgres.write.Remains;
import dev.coffer.postgres.write.RestoreLock;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.postgres.write.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rebuilds on several connections, which commit as they go. A marker in the database says so until
 * the last transaction; a run that fails drops what it made.
 */
final class ManyConnections {
  /** About things that were there before, so that nothing could take them back by dropping. */
  private static final Set<String> ANNOTATIONS = Set.of("OWNER", "COMMENT", "SECURITY LABEL");

  private final Source source;
  private final ConnectionSettings settings;
  private final RebuildOptions options;
  private final LastCommit end;

  ManyConnections(
      Source source, ConnectionSettings settings, RebuildOptions options, LastCommit end) {
    this.source = source;
    this.settings = settings;
    this.options = options;
    this.end = end;
  }

  /**
   * Answers what the server lacked a role for.
   *
   * @param first holds the lock on the database
   */
  List<String> run(TargetSession first) throws InterruptedException {
    first.begin();
    Marker marker = marker(first);
    try {
      marker.write(first);
      first.commit();
      return rebuild(first, marker);
    } catch (RuntimeException | InterruptedException | Error failure) {
      first.close();
      if (!options.throwAway() && !end.isUncertain()) {
        undisturbed(() -> cleanUp(marker, failure));
      }
      throw failure;
    }
  }

  /** Runs to its end, however often this thread is interrupted meanwhile. */
  private static void undisturbed(Runnable work) {
    Thread worker = Thread.ofPlatform().name("coffer-cleaner").start(work);
    boolean interrupted = false;
    while (true) {
      try {
        worker.join();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the marker says once the transaction is over: it goes with it. */
  static CommitFate fate(WriteTransaction connection, String transactionId) {
    if (connection.statusOf(transactionId).equals(Optional.of("in progress"))) {
      return CommitFate.UNKNOWN;
    }
    return connection.isUnfinished() ? CommitFate.ABORTED : CommitFate.COMMITTED;
  }

  private Marker marker(TargetSession first) {
    EmptyTarget target = EmptyTarget.require(first, source.header());
    List<String> tables =
        source.statements(Section.PRE_DATA).stream()
            .filter(statement -> statement.kind().equals("TABLE"))
            .map(SchemaStatement::name)
            .toList();
    return new Marker(source.backup().file().getFileName() + "", target, tables);
  }

  private List<String> rebuild(TargetSession first, Marker marker) throws InterruptedException {
    StatementRunner runner = new StatementRunner(marker.before());
    source.progress().stage("creating the structure");
    List<SchemaStatement> last = new ArrayList<>();
    first.begin();
    for (SchemaStatement statement : source.statements(Section.PRE_DATA)) {
      if (ANNOTATIONS.contains(statement.kind()) && wasThere(marker, statement.name())) {
        last.add(statement);
      } else {
        runner.run(first, statement);
      }
    }
    ClosedColumns.require(source, first);
    CopyFormats formats = CopyFormats.of(source, first);
    first.commit();
    TableTasks tables = new TableTasks(source, formats, runner, options.jobs());
    work(first, tables.tasks());
    source.totals().require(source.backup());
    source.progress().stage("completing the structure");
    first.begin();
    Marker.remove(first);
    last.addAll(tables.rest());
    last.forEach(statement -> runner.run(first, statement));
    for (SequenceState sequence : source.header().schema().sequences()) {
      first.execute(SequenceSql.setting(sequence), "cannot set SEQUENCE " + sequence.name());
    }
    analyzeTheRest(first, tables.rest());
    end.run(first);
    return runner.leftOut();
  }

  private static boolean wasThere(Marker marker, String name) {
    return marker.before().schemas().contains(name) || marker.before().extensions().contains(name);
  }

  private void work(TargetSession first, List<Task> tasks) throws InterruptedException {
    List<TargetSession> sessions = new ArrayList<>(List.of(first));
    try {
      for (int i = 1; i < options.jobs(); i++) {
        sessions.add(TargetSession.open(settings, source.header().source().serverVersion()));
      }
      sessions.forEach(session ->
          session.execute("SET max_parallel_maintenance_workers = 0", "cannot prepare a session"));
      Crew.run(sessions, tasks, source.progress());
    } finally {
      sessions.subList(1, sessions.size()).forEach(TargetSession::close);
    }
  }

  /** What no task could: statistics objects, partitioned tables, and views that are filled. */
  private static void analyzeTheRest(TargetSession session, List<SchemaStatement> rest) {
    boolean extended = rest.stream().anyMatch(statement -> statement.kind().equals("STATISTICS"));
    session.execute(
        extended
            ? "ANALYZE"
            : """
            DO $$ DECLARE c regclass; BEGIN
              FOR c IN SELECT oid FROM pg_catalog.pg_class
                       WHERE relkind IN ('p', 'm') AND oid >= 16384 LOOP
                EXECUTE 'ANALYZE ' || c;
              END LOOP; END $$
            """,
        "cannot analyze the tables");
  }

  /** By a connection of its own: those of the run may be broken. */
  private void cleanUp(Marker marker, Throwable failure) {
    try (TargetSession session =
        TargetSession.open(settings, source.header().source().serverVersion())) {
      RestoreLock.await(session);
      if (Marker.find(session).isPresent()) {
        Remains.drop(session, marker);
      }
    } catch (CofferException left) {
      failure.addSuppressed(left);
      source
          .progress()
          .notice(
              "What the restore had made is still in the database ("
                  + left.fact()
                  + "); the next restore into it drops it.");
    }
  }
}
