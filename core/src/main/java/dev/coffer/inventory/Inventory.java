package dev.coffer.inventory;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.BackupFile;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.ProofFile;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupInfo.State;
import dev.coffer.seal.Identity;
import dev.coffer.seal.VerifyKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The backups in a folder. There is no catalogue beside the files that could be lost or disagree
 * with them: each file tells about itself.
 */
public final class Inventory {
  /** Lies on every disk, and is closed to all but its owner. */
  private static final String OF_THE_FILE_SYSTEM = "lost+found";

  /** Holds the journal of restores, which are no backups. */
  private static final String OF_RESTORES = "restores";

  private Inventory() {}

  /**
   * Every backup below {@code root}, newest first; a file that cannot be read is listed as such.
   */
  public static List<BackupInfo> list(Path root) {
    return list(root, List.of());
  }

  /**
   * The same.
   *
   * @param trusted whose proofs count
   */
  public static List<BackupInfo> list(Path root, List<VerifyKey> trusted) {
    return newestFirst(
        files(root).stream().map(file -> listed(file, trusted)).flatMap(Optional::stream));
  }

  static List<BackupInfo> newestFirst(Stream<BackupInfo> backups) {
    return backups
        .sorted(
            Comparator.comparing(BackupInfo::timestamp).reversed().thenComparing(BackupInfo::file))
        .toList();
  }

  static List<Path> files(Path root) {
    if (!Files.isDirectory(root)) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND,
          "there is no folder " + root,
          "Name the folder with the backups, or set COFFER_BACKUPS.");
    }
    try {
      List<Path> found = new ArrayList<>();
      for (Path entry : entries(root)) {
        if (entry.endsWith(OF_RESTORES)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          addFiles(entry, found);
        } else if (Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
      return found.stream()
          .filter(file -> !hidden(file) && !ProofFile.isNamedAsProof(file))
          .toList();
    } catch (IOException failure) {
      throw Pieces.unreadable(root, failure);
    }
  }

  /** Adds a folder's files; or itself, to be listed as what it is, if it cannot be looked into. */
  private static void addFiles(Path folder, List<Path> found) {
    try {
      entries(folder).stream().filter(Files::isRegularFile).forEach(found::add);
    } catch (IOException unreadable) {
      if (!folder.endsWith(OF_THE_FILE_SYSTEM)) {
        found.add(folder);
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      List<Path> list = new ArrayList<>();
      entries.forEach(list::add);
      return list;
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  static Optional<BackupInfo> listed(Path file, List<VerifyKey> trusted) {
    if (Files.isDirectory(file)) {
      return Optional.of(BackupFile.corrupted(file, "the folder cannot be read"));
    }
    if (!BackupFile.isNamedAsBackup(file)) {
      return legacy(file);
    }
    try {
      return Optional.of(info(file, List.of(), trusted));
    } catch (CofferException unreadable) {
      return Files.exists(file)
          ? Optional.of(BackupFile.corrupted(file, unreadable.fact()))
          : Optional.empty();
    }
  }

  private static Optional<BackupInfo> legacy(Path file) {
    try {
      return LegacyBackup.recognise(file).map(LegacyBackup::info);
    } catch (CofferException unreadable) {
      return Optional.of(BackupFile.corrupted(file, unreadable.fact()));
    }
  }

  /**
   * What one file says about itself.
   *
   * @param identities may open a file that is encrypted as a whole
   * @throws CofferException {@code BACKUP_NOT_FOUND}, {@code FILE_UNREADABLE}, {@code
   *     KEY_DOES_NOT_OPEN}; a damaged file is described, not thrown
   */
  public static BackupInfo info(Path file, List<Identity> identities) {
    return info(file, identities, List.of());
  }

  /**
   * The same, and what the proof beside the file says.
   *
   * @param trusted whose proofs count
   */
  public static BackupInfo info(Path file, List<Identity> identities, List<VerifyKey> trusted) {
    BackupInfo info = read(file, identities);
    boolean readable = info.state() == State.UNVERIFIED || info.state() == State.ENCRYPTED;
    return readable
        ? ProofFile.status(file, trusted)
            .map(status -> info.withProof(status.provenAt(), status.problem()))
            .orElse(info)
        : info;
  }

  private static BackupInfo read(Path file, List<Identity> identities) {
    Pieces.Form form = Pieces.form(file);
    try {
      return switch (form) {
        case EMPTY -> BackupFile.corrupted(file, "the file is empty");
        case OTHER ->
            legacy(file)
                .orElseGet(() ->
                    BackupFile.corrupted(file, "the file does not begin as a Coffer backup does"));
        case ENCRYPTED ->
            identities.isEmpty()
                ? BackupFile.encrypted(file)
                : EncryptedInfo.read(file, identities);
        case FRAMED, PLAIN -> current(file, form);
      };
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  private static BackupInfo current(Path file, Pieces.Form form) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(file, form)) {
      return BackupFile.info(file, Files.size(file), archive.header(), archive.metadata());
    } catch (CofferException damaged) {
      // Never taken for a legacy one: with its version damaged it might pass as that.
      return BackupFile.corrupted(file, damaged.fact());
    }
  }

  /**
   * The file that a person means: a path, or a name below {@code root}, with or without its ending.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} where none or several fit
   */
  public static Path find(Path root, String nameOrPath) {
    if (nameOrPath.indexOf('\0') >= 0 || nameOrPath.isBlank()) {
      throw notFound("the name of the backup is empty or not a file's name");
    }
    Path path = Path.of(nameOrPath);
    if (Files.exists(path)) {
      return path;
    }
    List<Path> fitting =
        Files.isDirectory(root)
            ? files(root).stream().filter(file -> fits(root, file, nameOrPath)).toList()
            : List.of();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    throw notFound(
        fitting.isEmpty()
            ? "there is no backup " + nameOrPath + " in " + root
            : fitting.size() + " backups in " + root + " are called " + nameOrPath);
  }

  private static boolean fits(Path root, Path file, String name) {
    String fileName = file.getFileName().toString();
    return fileName.equals(name)
        || fileName.startsWith(name + ".json")
        || root.relativize(file).toString().equals(name);
  }

  private static CofferException notFound(String fact) {
    return new CofferException(
        ErrorCode.BACKUP_NOT_FOUND, fact, "coffer list shows what there is.");
  }
}
