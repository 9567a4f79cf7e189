package dev.coffer.cli.restore;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.cli.backup.BackupsFolder;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.terminal.Who;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.seal.KeyHome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the database that is to be changed is backed up first. */
final class LiveDatabase {
  private LiveDatabase() {}

  static BackupRequest request(Session session, ChangeOptions change) {
    int lockTimeout = change.lockTimeout;
    if (lockTimeout < 0) {
      throw new CofferException(
          ErrorCode.USAGE,
          "--lock-timeout is " + lockTimeout,
          "Give a number of seconds, or 0 to wait for ever.");
    }
    List<Profile> profiles = new ArrayList<>();
    change.profiles.forEach(file -> profiles.add(ProfileReader.read(file)));
    profiles.addAll(PortalProfiles.all());
    return new BackupRequest(
            ConnectionSettings.resolve(
                change.database.database(), session.environment(), session.userHome()),
            BackupKind.DATABASE,
            "",
            Who.is(session),
            BackupsFolder.forWriting(session, Optional.empty()),
            Compression.ZSTD,
            profiles,
            KeyHome.at(session.cofferHome()),
            List.of(),
            Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
            VersionText.version())
        .withTimeouts(new SharedSnapshot.Timeouts(Duration.ofSeconds(lockTimeout), Duration.ZERO));
  }
}
