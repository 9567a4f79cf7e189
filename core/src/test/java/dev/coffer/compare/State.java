package dev.coffer.compare;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backups of databases, and what a comparison of two says. */
final class State {
  private State() {}

  static BackupRequest request(
      TestDatabase database,
      Path home,
      KeyHome keys,
      Compression compression,
      Optional<String> profile,
      List<Recipient> encryptTo) {
    try {
      Path root = Files.createDirectories(home.resolve("backups"));
      List<Profile> profiles = new ArrayList<>();
      profile.ifPresent(text ->
          profiles.add(
              ProfileReader.read(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test")));
      return new BackupRequest(
          ConnectionSettings.resolve(
              Optional.of(database.url()), Map.of("HOME", home.toString()), home),
          BackupKind.DATABASE,
          "",
          "tester@machine.example",
          root,
          compression,
          profiles,
          keys,
          encryptTo,
          2,
          "0");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path file(BackupRequest request) {
    return Backups.take(request, Progress.SILENT).file();
  }

  static Path file(TestDatabase database, Path home) {
    KeyHome keys = KeyHome.at(home.resolve("coffer"));
    return file(request(database, home, keys, Compression.NONE, Optional.empty(), List.of()));
  }

  static OpenedBackup open(Path file, Identity... identities) {
    return OpenedBackup.open(file, List.of(identities));
  }

  /** A comparison's result and the differences it told. */
  record Told(ComparisonResult result, List<Change> changes) {
    ComparisonResult.TableResult table(String name) {
      return result.tables().stream()
          .filter(table -> table.pair().before().logicalName().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  static Told compare(OpenedBackup before, OpenedBackup after, CompareOptions options)
      throws IOException {
    List<Change> changes = new ArrayList<>();
    try (before;
        after;
        ChangeLog log = new ChangeLog()) {
      ComparisonResult result = Comparison.compare(before, after, options, log, Progress.SILENT);
      for (TablePair pair : log.tables()) {
        log.replay(pair, changes::add);
      }
      return new Told(result, changes);
    }
  }

  static Told compare(Path before, Path after) throws IOException {
    return compare(open(before), open(after), CompareOptions.all());
  }
}
