package dev.coffer.export;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.Compression;
import dev.coffer.archive.Pieces;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes backups of test databases with keys of its own, and exports them. */
public final class Fixture {
  private final Path folder;
  private final KeyHome keys;
  private Compression compression = Compression.ZSTD;
  private List<Recipient> encryptTo = List.of();
  private List<Profile> profiles = List.of();
  private BackupKind kind = BackupKind.DATABASE;

  public Fixture(Path folder) {
    this.folder = folder;
    keys = KeyHome.at(folder);
    keys.generate();
  }

  public Fixture plain() {
    compression = Compression.NONE;
    return this;
  }

  public Fixture encrypted() {
    encryptTo = keys.recipients();
    return this;
  }

  public Fixture of(BackupKind otherKind, Profile profile) {
    kind = otherKind;
    profiles = List.of(profile);
    return this;
  }

  public List<Identity> identities() {
    return keys.identities();
  }

  /** The backup's file. */
  public Path backup(TestDatabase database) {
    try {
      Path root = Files.createTempDirectory(folder, "backups");
      BackupRequest request =
          new BackupRequest(
              ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), folder),
              kind,
              "",
              "tester@example.com",
              root,
              compression,
              profiles,
              keys,
              encryptTo,
              2,
              "test");
      return Backups.take(request, Progress.SILENT).file();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String export(Path file, Format format, List<Identity> identities, String... tables) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ExportOptions options = new ExportOptions(format, List.of(tables), identities);
    Exporter.export(file, options, text, Progress.SILENT);
    return text.toString(StandardCharsets.UTF_8);
  }

  /** What a table's rows are, whatever their order. */
  public static Map<String, String> hashes(Path file) {
    try (ArchiveReader archive = ArchiveReader.open(file, Pieces.form(file))) {
      return archive.metadata().integrityHashes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static Map<String, Long> counts(Path file) {
    return Inventory.info(file, List.of()).tables();
  }
}
