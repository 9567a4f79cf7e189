package dev.coffer.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.Pieces;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.progress.Progress;
import dev.coffer.seal.AgeFile;
import dev.coffer.seal.EphemeralKey;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.store.StoreFailures;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An open backup, and what has to lie on the disk for that as long as it is open: a live database's
 * rows, or a file that is encrypted as a whole in the clear. It lies in a folder for its owner
 * alone, which is gone when this is closed.
 */
public final class ScratchBackup implements AutoCloseable {
  private final OpenedBackup backup;
  private final Optional<ScratchFolder> folder;

  private ScratchBackup(OpenedBackup backup, Optional<ScratchFolder> folder) {
    this.backup = backup;
    this.folder = folder;
  }

  /**
   * Backs a live database up, in the system's folder for temporary files.
   *
   * @see #of(BackupRequest, Path, Progress)
   */
  public static ScratchBackup of(BackupRequest request, Progress progress) {
    return of(request, temporaryFolder(), progress);
  }

  /**
   * Backs a live database up. Its sealed values are open, whoever the request seals to: they are
   * sealed to a key that this process keeps in its memory. It is signed, and its fingerprints are
   * made, with the request's signing key, where there is one.
   *
   * @param request its root and its recipients are not used
   * @param temporary where the private folder is made
   * @throws dev.coffer.error.CofferException when there is no backup; the code says why
   */
  public static ScratchBackup of(BackupRequest request, Path temporary, Progress progress) {
    return within(
        temporary,
        folder -> {
          EphemeralKey key = new EphemeralKey();
          Path root = Files.createDirectory(folder.path().resolve("backups"));
          BackupRequest scratch =
              new BackupRequest(
                  request.database(),
                  request.kind(),
                  request.reason(),
                  request.createdBy(),
                  root,
                  request.compression(),
                  request.profiles(),
                  keys(request.keys(), key, folder.path()),
                  List.of(),
                  request.connections(),
                  request.cofferVersion(),
                  request.safety(),
                  request.alsoSealed(),
                  request.timeouts());
          Path file = Backups.take(scratch, progress).file();
          return OpenedBackup.open(file, List.of(key.identity()));
        });
  }

  /** Keys that sign as {@code keys} do, without a copy of what they sign with. */
  private static KeyHome keys(KeyHome keys, EphemeralKey key, Path folder) throws IOException {
    KeyHome scratch = KeyHome.at(folder);
    Path recipient = scratch.recipientFile();
    Files.createDirectories(recipient.resolveSibling("trusted"));
    Files.writeString(recipient, key.recipient() + "\n");
    if (keys.hasSigningKey()) {
      Files.createSymbolicLink(scratch.signingKeyFile(), keys.signingKeyFile().toAbsolutePath());
    } else {
      scratch.generate();
    }
    return scratch;
  }

  /**
   * Opens a file that is encrypted as a whole.
   *
   * @throws dev.coffer.error.CofferException as {@link OpenedBackup#open}; {@code TARGET_FULL} or
   *     {@code TARGET_UNWRITABLE}
   * @see #decrypted(Path, List, Path)
   */
  public static ScratchBackup decrypted(Path file, List<Identity> identities) {
    return decrypted(file, identities, temporaryFolder());
  }

  /**
   * Opens a file that is encrypted as a whole.
   *
   * @param temporary where the private folder is made
   */
  public static ScratchBackup decrypted(Path file, List<Identity> identities, Path temporary) {
    return within(
        temporary,
        folder -> {
          Path clear = folder.path().resolve("decrypted.json.zst");
          try (InputStream source = new BufferedInputStream(Files.newInputStream(file));
              InputStream content = AgeFile.decrypting(source, identities)) {
            write(content, clear);
          }
          return OpenedBackup.open(clear, identities);
        });
  }

  private static void write(InputStream content, Path clear) throws IOException {
    try (OutputStream target =
        Channels.newOutputStream(
            Files.newByteChannel(
                clear,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))))) {
      content.transferTo(target);
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, clear);
    }
  }

  /**
   * Opens a current backup of any form; only one that is encrypted as a whole needs room.
   *
   * @throws dev.coffer.error.CofferException as {@link OpenedBackup#open}
   */
  public static ScratchBackup open(Path file, List<Identity> identities) {
    return open(file, identities, temporaryFolder());
  }

  /**
   * Opens a current backup of any form.
   *
   * @param temporary where the private folder is made, if one is needed
   */
  public static ScratchBackup open(Path file, List<Identity> identities, Path temporary) {
    return Pieces.form(file) == Pieces.Form.ENCRYPTED
        ? decrypted(file, identities, temporary)
        : new ScratchBackup(OpenedBackup.open(file, identities), Optional.empty());
  }

  /** Makes a backup in a folder that stays only as long as it is open. */
  @FunctionalInterface
  private interface Making {
    OpenedBackup in(ScratchFolder folder) throws IOException;
  }

  private static ScratchBackup within(Path temporary, Making making) {
    ScratchFolder folder = ScratchFolder.in(temporary);
    boolean made = false;
    try {
      OpenedBackup backup = making.in(folder);
      made = true;
      return new ScratchBackup(backup, Optional.of(folder));
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder.path());
    } finally {
      if (!made) {
        folder.close();
      }
    }
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  public OpenedBackup backup() {
    return backup;
  }

  /** The file that is open. */
  public Path file() {
    return backup.file();
  }

  @Override
  public void close() {
    backup.close();
    folder.ifPresent(ScratchFolder::close);
  }
}
