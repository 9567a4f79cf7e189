package dev.coffer.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.restore.rebuild.Rebuild;
import dev.coffer.restore.rebuild.RebuildOptions;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A portal, rebuilt from its document alone, is the portal it was. */
class PortalRoundTripTest {
  @TempDir private Path folder;

  @Test
  void aPortalRebuiltFromItsBackupDumpsTheSame() {
    try (TestDatabase portal = TestDatabase.create(Servers.debian15());
        TestDatabase rebuilt = TestDatabase.create(Servers.debian15())) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(portal.url()), Map.of(), folder);
      SamplePortal.create(settings.dataSource("test"), SamplePortal.Options.ofScale(0.1));
      KeyHome keys = KeyHome.at(folder.resolve("home"));
      BackupRequest request =
          new BackupRequest(
              settings,
              BackupKind.COMPREHENSIVE,
              "A round trip",
              "tester",
              folder,
              Compression.ZSTD,
              PortalProfiles.all(),
              keys,
              List.of(),
              2,
              "test");
      Path backup = Backups.take(request, Progress.SILENT).file();

      ByteArrayOutputStream script = new ByteArrayOutputStream();
      ExportOptions options = new ExportOptions(Format.SQL, List.of(), keys.identities());
      Exporter.export(backup, options, script, Progress.SILENT);
      Psql.run(rebuilt, script.toString(StandardCharsets.UTF_8)).check();

      requireSame(rebuilt, portal);
      for (int jobs : List.of(1, 2)) {
        restored(backup, keys, jobs, portal);
      }
    }
  }

  private void restored(Path backup, KeyHome keys, int jobs, TestDatabase portal) {
    try (TestDatabase restored = TestDatabase.create(Servers.debian15());
        OpenedBackup opened = OpenedBackup.open(backup, keys.identities())) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(restored.url()), Map.of(), folder);
      Rebuild.into(opened, settings, new RebuildOptions(jobs, false), Progress.SILENT);

      requireSame(restored, portal);
    }
  }

  private static void requireSame(TestDatabase rebuilt, TestDatabase portal) {
    assertThat(PgDump.schema(rebuilt)).contains("CommunicationSummaryView");
    assertThat(PgDump.schema(rebuilt)).isEqualTo(PgDump.schema(portal));
    assertThat(PgDump.data(rebuilt)).contains("$2b$12$").isEqualTo(PgDump.data(portal));
  }
}
