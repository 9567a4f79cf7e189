package dev.coffer.restore.record;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A backup of a database, and records in it. */
final class Scene {
  private final TestDatabase database;
  private final Path folder;
  private final List<Profile> profiles;
  private final KeyHome keys;
  private final Path file;

  private Scene(TestDatabase database, Path folder, List<Profile> profiles) {
    this.database = database;
    this.folder = folder;
    this.profiles = profiles;
    keys = KeyHome.at(folder.resolve("home"));
    file = Backups.take(request(), Progress.SILENT).file();
  }

  static Scene backedUp(TestDatabase database, Path folder, Profile... profiles) {
    return new Scene(database, folder, List.of(profiles));
  }

  private BackupRequest request() {
    try {
      Path root = Files.createDirectories(folder.resolve("backups"));
      return new BackupRequest(
          settings(),
          BackupKind.DATABASE,
          "",
          "tester",
          root,
          Compression.ZSTD,
          profiles,
          keys,
          List.of(),
          2,
          "0");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  ConnectionSettings settings() {
    return ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), folder);
  }

  KeyHome keys() {
    return keys;
  }

  Path backups() {
    return folder.resolve("backups");
  }

  /** What came of the records. */
  record Outcome(RecordTree tree, List<String> changes, Map<Table, List<Row>> live) {}

  Outcome find(RecordOptions options, String... names) {
    return find(options, List.of(names).stream().map(RecordName::parse).toList());
  }

  Outcome find(RecordOptions options, List<RecordName> names) {
    List<String> changes = new ArrayList<>();
    Map<Table, List<Row>> live = new LinkedHashMap<>();
    try (OpenedBackup backup = OpenedBackup.open(file, keys.identities());
        LiveDatabase now =
            LiveDatabase.open(
                settings(), profiles, keys.signingKey(), backup.header().schema().tables())) {
      ChangeSink sink =
          new ChangeSink() {
            @Override
            public void table(TablePair pair) {
              live.put(pair.after(), new ArrayList<>());
            }

            @Override
            public void change(TablePair pair, Change change) {
              String table = pair.before().logicalName();
              changes.add(
                  switch (change) {
                    case Change.Removed(Row before) -> "+" + table + text(before);
                    case Change.Added(Row after) -> "-" + table + text(after);
                    case Change.Changed(Row before, Row after) -> "~" + table + text(before);
                  });
              if (change instanceof Change.Changed(Row before, Row after)) {
                live.getOrDefault(pair.after(), new ArrayList<>()).add(after);
              }
            }
          };
      RecordTree tree = Records.compare(names, backup, now, options, sink, Progress.SILENT);
      return new Outcome(tree, List.copyOf(changes), live);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static String text(Row row) {
    return new String(row.line(), StandardCharsets.UTF_8);
  }

  /** Every row of the tree as {@code table/key status}, in order. */
  static List<String> rows(RecordTree tree) {
    TreeSet<String> rows = new TreeSet<>();
    tree.roots().forEach(root -> add(root, rows));
    return List.copyOf(rows);
  }

  private static void add(RecordTree.Node node, Set<String> rows) {
    String conflict = node.conflict().map(each -> " " + each.reason()).orElse("");
    rows.add(
        node.table() + "/" + String.join(",", node.key()) + " " + node.status().word() + conflict);
    node.children().forEach(child -> add(child, rows));
  }
}
