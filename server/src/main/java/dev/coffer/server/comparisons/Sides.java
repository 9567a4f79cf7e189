package dev.coffer.server.comparisons;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.Pieces;
import dev.coffer.backup.BackupRequest;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Table;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.ColumnName;
import dev.coffer.progress.Progress;
import dev.coffer.restore.legacy.LegacyDocument;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Actor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Opens what is compared. Locked values stay locked: fingerprints tell whether they changed. Only a
 * file that is encrypted as a whole needs the key, if it lies here.
 */
@Component
class Sides {
  private static final int CONNECTIONS =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  private final ServerSettings settings;

  Sides(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens a backup's file, also one of the earlier system: against the database's structure then.
   *
   * @throws CofferException when it cannot be read, or converted; {@code KEY_NEEDED}
   */
  OpenSide backup(Path file, Progress progress) {
    String name = String.valueOf(file.getFileName());
    if (LegacyDocument.isLegacy(file)) {
      LegacyDocument document =
          LegacyDocument.convert(
              file, database(), PortalProfiles.all(), keys(), temporary(), progress);
      return new OpenSide(
          document.backup(), name, false, Optional.of(document.fidelity()), document::close);
    }
    progress.stage("opening " + name);
    ScratchBackup backup = ScratchBackup.open(file, identities(file, name));
    return new OpenSide(backup.backup(), name, false, Optional.empty(), backup::close);
  }

  private List<Identity> identities(Path file, String name) {
    if (Pieces.form(file) != Pieces.Form.ENCRYPTED) {
      return List.of();
    }
    List<Identity> identities = keys().identities();
    if (identities.isEmpty()) {
      throw new CofferException(
          ErrorCode.KEY_NEEDED,
          name + " is encrypted as a whole, and its key is not on this server",
          "Compare it where the key is: coffer compare " + name + " --identity FILE");
    }
    return identities;
  }

  /**
   * Reads the database in one snapshot, as the same kind of backup as {@code like}, with the same
   * columns locked, so that chunks that are the same have the same hash.
   *
   * @throws CofferException {@code DATABASE_…}; {@code TARGET_…} for the folder for temporary files
   */
  OpenSide live(OpenedBackup like, Actor actor, Progress progress) {
    BackupRequest request =
        new BackupRequest(
            database(),
            like.header().kind(),
            "To be compared",
            actor.name(),
            settings.cofferHome(),
            Compression.ZSTD,
            PortalProfiles.all(),
            keys(),
            List.of(),
            CONNECTIONS,
            settings.cofferVersion());
    ScratchBackup backup = ScratchBackup.of(request.forSafety(sealed(like)), progress);
    return new OpenSide(
        backup.backup(),
        backup.backup().header().source().database(),
        true,
        Optional.empty(),
        backup::close);
  }

  private static Set<ColumnName> sealed(OpenedBackup backup) {
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : backup.header().schema().tables()) {
      table
          .sealedColumns()
          .forEach(column -> sealed.add(new ColumnName(table.name(), column.name())));
    }
    return sealed;
  }

  /**
   * The protected database.
   *
   * @throws CofferException {@code USAGE} where none is named
   */
  ConnectionSettings database() {
    return settings
        .database()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.USAGE,
                "the server does not know which database to protect",
                "Start it with --database, or with DATABASE_URL set."));
  }

  private KeyHome keys() {
    return KeyHome.at(settings.cofferHome());
  }

  /** Where what is needed for a while lies. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
