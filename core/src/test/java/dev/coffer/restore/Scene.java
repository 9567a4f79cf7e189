package dev.coffer.restore;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A database that is backed up, damaged, restored and compared, with a home of its own. */
final class Scene {
  private final TestDatabase database;
  private final Path home;
  private final ConnectionSettings settings;

  Scene(TestDatabase database, Path home) {
    this(database, home, database.url());
  }

  /** A scene in which another role works, or another way leads to the server. */
  Scene(TestDatabase database, Path home, String url) {
    this.database = database;
    this.home = home;
    settings = ConnectionSettings.resolve(Optional.of(url), Map.of(), home);
  }

  KeyHome keys() {
    return KeyHome.at(home.resolve("coffer"));
  }

  BackupRequest request() {
    return new BackupRequest(
        settings,
        BackupKind.DATABASE,
        "",
        "tester",
        home,
        Compression.ZSTD,
        List.of(),
        keys(),
        List.of(),
        1,
        "test");
  }

  Path backup() {
    return Backups.take(request(), Progress.SILENT).file();
  }

  RestoreRequest plan(Path backup, Mode mode) {
    return request(backup, mode, List.of(), keys().identities(), false, Optional.empty());
  }

  RestoreRequest confirmed(Path backup, Mode mode) {
    return request(
        backup, mode, List.of(), keys().identities(), false, Optional.of(database.name()));
  }

  RestoreRequest request(
      Path backup,
      Mode mode,
      List<String> tables,
      List<Identity> identities,
      boolean withoutKey,
      Optional<String> confirm) {
    return new RestoreRequest(
        backup, request(), mode, tables, List.of(), identities, withoutKey, confirm, List.of(), 1);
  }

  Outcome restore(Path backup, Mode mode) {
    return Restore.run(confirmed(backup, mode), Progress.SILENT);
  }

  Outcome undo(Outcome outcome) {
    return Undo.run(
        new UndoRequest(
            outcome.restoreId().orElseThrow(),
            request(),
            keys().identities(),
            false,
            Optional.of(database.name())),
        Progress.SILENT);
  }

  /**
   * All that a dump of the distribution's tells of the database, less the order of rows: a line
   * that stands twice is told twice.
   */
  List<String> state() {
    return state(database);
  }

  static List<String> state(TestDatabase database) {
    List<String> lines = new ArrayList<>(PgDump.schema(database).lines().toList());
    Set<String> sorted = new TreeSet<>();
    String copy = "";
    int row = 0;
    for (String line : PgDump.data(database).lines().toList()) {
      if (line.startsWith("COPY ")) {
        copy = line;
      }
      boolean seen = !sorted.add(copy + "\t" + line);
      if (seen) {
        int again = 1;
        while (!sorted.add(copy + "\t" + line + "\t" + again)) {
          again++;
        }
      }
      row++;
    }
    lines.addAll(sorted);
    lines.add(row + " lines");
    return lines;
  }
}
