package dev.coffer.backup;

import dev.coffer.archive.Compression;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes backups into a folder of its own, with keys of its own. */
final class Taking {
  private final Path home;
  private final ConnectionSettings database;
  private final BackupKind kind;
  private final Compression compression;
  private final List<Profile> profiles;
  private final int connections;

  private Taking(
      Path home,
      ConnectionSettings database,
      BackupKind kind,
      Compression compression,
      List<Profile> profiles,
      int connections) {
    this.home = home;
    this.database = database;
    this.kind = kind;
    this.compression = compression;
    this.profiles = profiles;
    this.connections = connections;
  }

  /** Of a whole database as the superuser: uncompressed, by four connections. */
  static Taking of(TestDatabase database, Path home) {
    return of(database.url(), home);
  }

  static Taking of(String url, Path home) {
    create(home.resolve("backups"));
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(url), Map.of("HOME", home.toString()), home);
    return new Taking(home, settings, BackupKind.DATABASE, Compression.NONE, List.of(), 4);
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Taking kind(BackupKind other) {
    return new Taking(home, database, other, compression, profiles, connections);
  }

  Taking compressed() {
    return new Taking(home, database, kind, Compression.ZSTD, profiles, connections);
  }

  Taking profile(Profile profile) {
    return new Taking(home, database, kind, compression, List.of(profile), connections);
  }

  Taking connections(int count) {
    return new Taking(home, database, kind, compression, profiles, count);
  }

  Path root() {
    return home.resolve("backups");
  }

  KeyHome keys() {
    return KeyHome.at(home.resolve("coffer"));
  }

  /** The names of all files below the backups' folder, dots and all. */
  List<String> files() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root().relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  BackupRequest request() {
    return new BackupRequest(
        database,
        kind,
        "a test",
        "tester@machine.example",
        root(),
        compression,
        profiles,
        keys(),
        List.of(),
        connections,
        "0");
  }

  Taken take() {
    return take(Progress.SILENT);
  }

  Taken take(Progress progress) {
    return Taken.read(Backups.take(request(), progress), keys());
  }
}
