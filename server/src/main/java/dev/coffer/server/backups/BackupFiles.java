package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.inventory.KeptInventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.DatabaseOrigin;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The backups that there are, told from their files. A name from a request is compared with the
 * names of these and never becomes part of a path.
 */
@Component
public class BackupFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BackupFiles.class);

  private final Path root;
  private final Optional<String> database;
  private final KeyHome keys;
  private final KeptInventory inventory;
  private final Verifications verifications;
  private final Proofs proofs;
  private final DatabaseCheck check;

  BackupFiles(
      ServerSettings settings, Verifications verifications, Proofs proofs, DatabaseCheck check) {
    this.root = settings.backups();
    this.database = settings.database().map(ConnectionSettings::database);
    this.keys = KeyHome.at(settings.cofferHome());
    this.inventory = new KeptInventory(root, keys);
    this.verifications = verifications;
    this.proofs = proofs;
    this.check = check;
    // The first visitor is not to wait until thousands of files are read.
    Thread.ofPlatform().daemon().name("inventory").start(this::warm);
  }

  private void warm() {
    try {
      int leftovers = LocalStore.at(root).removeLeftovers();
      if (leftovers > 0) {
        LOG.warn("Removed {} file(s) that a killed run had left behind", leftovers);
      }
      inventory.list();
    } catch (CofferException | IOException unreadable) {
      LOG.warn("The backups' folder cannot be read: {}", unreadable.getMessage());
    }
  }

  Path root() {
    return root;
  }

  /**
   * Every backup, newest first.
   *
   * @throws CofferException where the folder cannot be read
   */
  public List<Backup> all() {
    List<BackupInfo> infos = inventory.list();
    Map<String, String> failures = proofs.failures();
    BackupNames names = new BackupNames(root, infos);
    return infos.stream().map(info -> backup(names.of(info), info, failures)).toList();
  }

  /**
   * The backup of that name, with all that its file says.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} where none or several have it
   */
  public Backup named(String name) {
    List<BackupInfo> infos = inventory.list();
    BackupNames names = new BackupNames(root, infos);
    List<BackupInfo> fitting = names.find(name);
    if (fitting.size() != 1) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND,
          fitting.isEmpty()
              ? "there is no backup of that name"
              : fitting.size() + " backups have that name, in different folders",
          fitting.isEmpty()
              ? "The list shows what there is."
              : "Say which: "
                  + fitting.stream().map(names::of).collect(Collectors.joining(" or "))
                  + ".");
    }
    BackupInfo found = fitting.getFirst();
    return backup(
        names.of(found),
        Inventory.info(found.file(), List.of(), keys.trustedSigners()),
        proofs.failures());
  }

  /** The name by which a backup is asked for now that a job told of by this one. */
  String now(String name) {
    return new BackupNames(root, inventory.list()).now(name);
  }

  /** Whether a check of the backup of that name found it whole. */
  public boolean isSound(String name) {
    Standing standing = named(name).standing();
    return standing == Standing.PROVEN || standing == Standing.VERIFIED;
  }

  private Backup backup(String name, BackupInfo told, Map<String, String> failures) {
    Optional<Verification> verification = verifications.of(told);
    BackupInfo info = Proofs.asOfNow(told, verification);
    return new Backup(
        name,
        info,
        Standing.of(info, verification),
        verification,
        KeepMark.isOn(info.file()),
        Optional.ofNullable(failures.get(name)),
        otherDatabase(info),
        check.origin().isPresent() && info.database().isPresent() && info.origin().isEmpty());
  }

  /** The database of a backup that is not the protected one's, for people. */
  private Optional<String> otherDatabase(BackupInfo info) {
    if (database.isEmpty()) {
      return Optional.empty();
    }
    return info.database()
        .flatMap(name -> {
          if (!name.equals(database.get())) {
            return Optional.of(name);
          }
          return DatabaseOrigin.differ(info.origin(), check.origin())
              ? Optional.of(name + " on another server")
              : Optional.empty();
        });
  }
}
