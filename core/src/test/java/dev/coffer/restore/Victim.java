package dev.coffer.restore;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that restores or undoes until it is killed. At the stage that it is told it says so on
 * its standard output, and waits for its end, or for a word to go on.
 */
final class Victim {
  private Victim() {}

  /** What to do with a home of backups and a database. */
  record Task(String action, Path home, String url, String database, String what, int jobs) {
    static final String RESTORE = "restore";
    static final String UNDO = "undo";

    List<String> arguments(String stage) {
      return List.of(action, home.toString(), url, database, what, Integer.toString(jobs), stage);
    }

    Task through(String otherUrl) {
      return new Task(action, home, otherUrl, database, what, jobs);
    }
  }

  public static void main(String[] arguments) {
    Task task =
        new Task(
            arguments[0],
            Path.of(arguments[1]),
            arguments[2],
            arguments[3],
            arguments[4],
            Integer.parseInt(arguments[5]));
    String last = arguments[6];
    run(
        task,
        new Progress() {
          @Override
          public void stage(String name) {
            if (name.equals(last)) {
              System.out.println(name);
              awaitWord();
            }
          }
        });
  }

  private static void awaitWord() {
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("the test is over");
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** How a database is backed up, as {@link Scene} does it. */
  static BackupRequest live(Path home, String url) {
    return new BackupRequest(
        ConnectionSettings.resolve(Optional.of(url), Map.of(), home),
        BackupKind.DATABASE,
        "",
        "tester",
        home,
        Compression.ZSTD,
        List.of(),
        KeyHome.at(home.resolve("coffer")),
        List.of(),
        1,
        "test");
  }

  static Outcome run(Task task, Progress progress) {
    BackupRequest live = live(task.home(), task.url());
    KeyHome keys = live.keys();
    Optional<String> confirm = Optional.of(task.database());
    return task.action().equals(Task.UNDO)
        ? Undo.run(new UndoRequest(task.what(), live, keys.identities(), false, confirm), progress)
        : Restore.run(
            new RestoreRequest(
                Path.of(task.what()),
                live,
                Mode.EXACT,
                List.of(),
                List.of(),
                keys.identities(),
                false,
                confirm,
                List.of(),
                task.jobs()),
            progress);
  }
}
