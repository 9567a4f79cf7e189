package dev.coffer.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Mode;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.Restore;
import dev.coffer.restore.RestoreRequest;
import dev.coffer.restore.Undo;
import dev.coffer.restore.UndoRequest;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A portal that is damaged at random becomes what its backup says, and what it was. */
@ExtendWith(SeededRandom.class)
class PortalRestoreTest {
  @TempDir private Path folder;

  @Test
  void exactAfterRandomDamageAndBack(Random random) {
    try (TestDatabase portal = TestDatabase.create(Servers.debian15())) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(portal.url()), Map.of(), folder);
      SamplePortal.create(settings.dataSource("test"), SamplePortal.Options.ofScale(0.2));
      KeyHome keys = KeyHome.at(folder.resolve("home"));
      BackupRequest request =
          new BackupRequest(
              settings,
              BackupKind.COMPREHENSIVE,
              "Before the damage",
              "tester",
              folder,
              Compression.ZSTD,
              PortalProfiles.all(),
              keys,
              List.of(),
              2,
              "test");
      Path backup = Backups.take(request, Progress.SILENT).file();
      String schema = PgDump.schema(portal);
      List<String> whole = data(portal);
      damage(portal, random);
      List<String> damaged = data(portal);

      Outcome restored =
          Restore.run(
              new RestoreRequest(
                  backup,
                  request,
                  Mode.EXACT,
                  List.of(),
                  List.of(),
                  keys.identities(),
                  false,
                  Optional.of(portal.name()),
                  keys.trustedSigners(),
                  1),
              Progress.SILENT);

      assertThat(damaged).isNotEqualTo(whole);
      assertThat(data(portal)).isEqualTo(whole);
      assertThat(PgDump.schema(portal)).isEqualTo(schema);
      Undo.run(
          new UndoRequest(
              restored.restoreId().orElseThrow(),
              request,
              keys.identities(),
              false,
              Optional.of(portal.name())),
          Progress.SILENT);
      assertThat(data(portal)).isEqualTo(damaged);
    }
  }

  /** All rows, whatever their order. */
  private static List<String> data(TestDatabase portal) {
    return PgDump.data(portal).lines().sorted().toList();
  }

  private static void damage(TestDatabase portal, Random random) {
    int salt = random.nextInt(1000);
    portal.execute(
        """
        DELETE FROM sales WHERE abs(hashtext(id || '%1$d')) %% 17 = 0
          AND id NOT IN (SELECT sale_id FROM "LeadToSaleLink");
        UPDATE sales SET "accountNumber" = '00000000' WHERE abs(hashtext(id || '%1$d')) %% 13 = 0;
        UPDATE sms_logs SET "messageContent" = 'lost' WHERE abs(hashtext(id || '%1$d')) %% 7 = 0;
        UPDATE users SET password = 'x' WHERE abs(hashtext(id || '%1$d')) %% 3 = 0;
        INSERT INTO field_configurations (id, "fieldName", "isRequired", "createdAt", "updatedAt")
          VALUES ('late', 'late', true, now(), now());
        DELETE FROM "LeadDispositionHistory" WHERE abs(hashtext(id || '%1$d')) %% 5 = 0;
        """
            .formatted(salt));
  }
}
