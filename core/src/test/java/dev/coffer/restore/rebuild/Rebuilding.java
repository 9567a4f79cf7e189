package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rebuilds as tests ask for it. */
final class Rebuilding {
  private Rebuilding() {}

  static RebuildResult into(TestDatabase target, Path backup, List<Identity> identities, int jobs) {
    return into(target.url(), backup, identities, new RebuildOptions(jobs, false));
  }

  static RebuildResult into(
      String url, Path backup, List<Identity> identities, RebuildOptions options) {
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(url), Map.of(), backup.toAbsolutePath());
    try (OpenedBackup opened = OpenedBackup.open(backup, identities)) {
      return Rebuild.into(opened, settings, options, Progress.SILENT);
    }
  }
}
