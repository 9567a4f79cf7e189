package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.backups.Standing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The backups that can be compared. */
@Component
class Comparables {
  /** As many as a list to choose from can show; older ones are reached from their own pages. */
  static final int OFFERED = 100;

  private final BackupFiles files;

  Comparables(BackupFiles files) {
    this.files = files;
  }

  /**
   * Those to choose from, the newest first.
   *
   * @param also those that are among them however old they are
   */
  List<Backup> offered(List<String> also) {
    List<Backup> all = files.all().stream().filter(backup -> refusal(backup).isEmpty()).toList();
    return Stream.concat(
            all.stream().limit(OFFERED),
            all.stream().skip(OFFERED).filter(backup -> also.contains(backup.name())))
        .toList();
  }

  /**
   * The newest backup of the same kind that is older.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} where there is none
   */
  String before(String name) {
    Backup backup = files.named(name);
    return files.all().stream()
        .filter(other -> refusal(other).isEmpty())
        .filter(other -> other.alike(backup))
        .filter(other -> other.timestamp().isBefore(backup.timestamp()))
        .findFirst()
        .map(Backup::name)
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.BACKUP_NOT_FOUND,
                "there is no earlier backup of the same kind",
                "Choose another one to compare it with."));
  }

  /**
   * Refuses what cannot be compared.
   *
   * @throws CofferException as {@link ComparisonWork#begin}
   */
  void require(Wanted wanted) {
    if (wanted.other().equals(Optional.of(wanted.backup()))) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a backup does not differ from itself",
          "Choose another one to compare it with.");
    }
    requireComparable(wanted.backup());
    wanted.other().ifPresent(this::requireComparable);
  }

  private void requireComparable(String name) {
    refusal(files.named(name))
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  private static Optional<CofferException> refusal(Backup backup) {
    if (backup.info().kind().equals("sql")) {
      return Optional.of(
          new CofferException(
              ErrorCode.USAGE,
              backup.name() + " is an SQL dump: a program, not records that could be compared",
              "Load it into an empty database and back that up: the backup can be compared."));
    }
    if (backup.standing() == Standing.CORRUPTED) {
      return Optional.of(
          new CofferException(
              ErrorCode.BACKUP_DAMAGED,
              backup.name() + " is damaged",
              "Its page says more. Choose another backup."));
    }
    return Optional.empty();
  }

  /**
   * The file of that name.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND}
   */
  Path file(String name) {
    return files.named(name).info().file();
  }
}
