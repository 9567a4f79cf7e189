package dev.coffer.inventory;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.BackupFile;
import dev.coffer.archive.Pieces;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The backups in a folder. There is no catalogue beside the files that could be lost or disagree
 * with them: each file tells about itself.
 */
public final class Inventory {
  /** {@code backups/comprehensive/…}: nothing lies deeper. */
  private static final int DEPTH = 2;

  private Inventory() {}

  /**
   * Every backup below {@code root}, newest first; a file that cannot be read is listed as such.
   */
  public static List<BackupInfo> list(Path root) {
    return files(root).stream()
        .map(Inventory::listed)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(BackupInfo::timestamp).reversed().thenComparing(BackupInfo::file))
        .toList();
  }

  private static List<Path> files(Path root) {
    if (!Files.isDirectory(root)) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND,
          "there is no folder " + root,
          "Name the folder with the backups, or set COFFER_BACKUPS.");
    }
    try (Stream<Path> found = Files.walk(root, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return found.filter(Files::isRegularFile).filter(file -> !hidden(file)).toList();
    } catch (IOException failure) {
      throw Pieces.unreadable(root, failure);
    }
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static Optional<BackupInfo> listed(Path file) {
    if (BackupFile.isNamedAsBackup(file)) {
      return Optional.of(info(file, List.of()));
    }
    return legacy(file);
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
