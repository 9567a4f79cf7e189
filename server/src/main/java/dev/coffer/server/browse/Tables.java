package dev.coffer.server.browse;

import dev.coffer.browse.BackupBrowser;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Table;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.profile.Profile;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.web.PathName;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Opens backups for those who look into them, a few at a time. */
@Component
class Tables {
  private static final int AT_ONCE = 4;
  private static final int PATIENCE_SECONDS = 20;

  private final BackupFiles files;
  private final Views views;
  private final List<Profile> profiles = PortalProfiles.all();
  private final LegacyLayouts layouts = new LegacyLayouts(profiles);
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  Tables(BackupFiles files, Views views) {
    this.files = files;
    this.views = views;
  }

  /** A table of a backup that is open. */
  record Open(Backup backup, BackupBrowser browser, Table table, Profile profile) {}

  /**
   * Looks at a backup's tables, of which no record is shown.
   *
   * @throws CofferException as {@link #in}
   */
  <T> T of(String name, BiFunction<Backup, BackupBrowser, T> look) {
    Backup backup = browsable(name);
    return opened(backup, browser -> look.apply(backup, browser));
  }

  /**
   * Looks into a table, which is written down.
   *
   * @param part the table as it is named in addresses
   * @throws CofferException {@code BACKUP_NOT_FOUND}, {@code TABLE_NOT_FOUND}, {@code KEY_NEEDED},
   *     {@code NOT_A_BACKUP}, {@code BACKUP_DAMAGED} …
   */
  <T> T in(String name, String part, Caller caller, Function<Open, T> look) {
    Backup backup = browsable(name);
    return opened(
        backup,
        browser -> {
          Table table = browser.table(PathName.read(part).orElse(""));
          views.add(caller, backup.name(), table.logicalName());
          return look.apply(new Open(backup, browser, table, browser.profile()));
        });
  }

  private <T> T opened(Backup backup, Function<BackupBrowser, T> look) {
    try {
      if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new CofferException(
            ErrorCode.INTERRUPTED,
            "too many people look into backups at this moment",
            "Try again in a minute.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "the server is ending", "", interrupted);
    }
    try (BackupBrowser browser = open(backup.info().file())) {
      return look.apply(browser);
    } finally {
      places.release();
    }
  }

  private Backup browsable(String name) {
    Backup backup = files.named(name);
    if (backup.info().state() == BackupInfo.State.ENCRYPTED) {
      throw new CofferException(
          ErrorCode.KEY_NEEDED,
          "this backup is locked as a whole, and this server has no key that opens it",
          "Whoever holds the key can restore it, or export tables of it with coffer export.");
    }
    return backup;
  }

  private BackupBrowser open(Path file) {
    return LegacyBackup.recognise(file).isPresent()
        ? BackupBrowser.of(layouts.of(file), profiles)
        : BackupBrowser.open(file, profiles);
  }
}
