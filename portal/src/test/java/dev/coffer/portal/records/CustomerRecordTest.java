package dev.coffer.portal.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.TablePair;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.restore.record.LiveDatabase;
import dev.coffer.restore.record.RecordName;
import dev.coffer.restore.record.RecordOptions;
import dev.coffer.restore.record.RecordTree;
import dev.coffer.restore.record.Records;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer that was deleted is found with all that the cascade took, as the database knew it. */
class CustomerRecordTest {
  private static final String ORACLE =
      """
      WITH s AS (SELECT * FROM sales WHERE id = '%1$s'),
        l AS (SELECT * FROM "Lead" WHERE email IN (SELECT email FROM s)),
        d AS (SELECT * FROM generated_documents WHERE "saleId" IN (SELECT id FROM s))
      SELECT 'sales/' || id FROM s
      UNION SELECT 'leads/' || id FROM l
      UNION SELECT 'generatedDocuments/' || id FROM d
      UNION SELECT 'appliances/' || id FROM appliances WHERE "saleId" IN (SELECT id FROM s)
      UNION SELECT 'smsLogs/' || id FROM sms_logs WHERE "saleId" IN (SELECT id FROM s)
      UNION SELECT 'leadToSaleLinks/' || id FROM "LeadToSaleLink"
        WHERE sale_id IN (SELECT id FROM s) OR lead_id IN (SELECT id FROM l)
      UNION SELECT 'leadAppliances/' || id FROM "LeadAppliance" WHERE lead_id IN (SELECT id FROM l)
      UNION SELECT 'leadDispositionHistory/' || id FROM "LeadDispositionHistory"
        WHERE lead_id IN (SELECT id FROM l)
      UNION SELECT 'emailLogs/' || id FROM "EmailLog"
        WHERE "saleId" IN (SELECT id FROM s) OR "leadId" IN (SELECT id FROM l)
      UNION SELECT 'communicationLogs/' || id FROM "CommunicationLog"
        WHERE "saleId" IN (SELECT id FROM s) OR "leadId" IN (SELECT id FROM l)
      """;

  @TempDir private Path folder;

  @Test
  void deletedWithTheCascadeItIsFoundByItsAddress() throws IOException, InterruptedException {
    try (TestDatabase portal = TestDatabase.create(Servers.debian15())) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(portal.url()), Map.of(), folder);
      SamplePortal.create(settings.dataSource("test"), SamplePortal.Options.ofScale(0.3));
      KeyHome keys = KeyHome.at(folder.resolve("home"));
      Path backup = backup(settings, keys);
      String busiest =
          portal.value(
              """
              SELECT s.id FROM sales s JOIN "LeadToSaleLink" l ON l.sale_id = s.id
                JOIN "EmailLog" e ON e."saleId" = s.id JOIN sms_logs m ON m."saleId" = s.id
              WHERE (SELECT count(*) FROM sales o WHERE lower(o.email) = lower(s.email)) = 1
              ORDER BY s.id LIMIT 1
              """);
      String email = portal.value("SELECT email FROM sales WHERE id = '" + busiest + "'");
      List<String> expected = portal.values(ORACLE.formatted(busiest)).stream().sorted().toList();
      assertThat(expected).hasSizeGreaterThan(5).anyMatch(row -> row.startsWith("leads/"));

      Found same = find(settings, keys, backup, email);
      assertThat(same.rows()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(same.changes()).isEmpty();

      portal.execute(
          """
          DELETE FROM "LeadToSaleLink" WHERE sale_id = '%1$s';
          DELETE FROM "EmailLog" WHERE "saleId" = '%1$s';
          DELETE FROM sales WHERE id = '%1$s'
          """
              .formatted(busiest));
      List<String> left = portal.values(ORACLE.formatted(busiest));
      Found gone = find(settings, keys, backup, email);
      assertThat(gone.rows()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(gone.changes()).contains("sales");
      long inserted =
          gone.tree().tables().values().stream().mapToLong(RecordTree.Counts::toInsert).sum();
      assertThat(gone.changes()).hasSize((int) inserted);
      assertThat(inserted).isPositive().isLessThanOrEqualTo(expected.size() - left.size());
      assertThat(gone.tree().leftAlone()).isZero();
    }
  }

  private record Found(RecordTree tree, List<String> rows, List<String> changes) {}

  private static Found find(ConnectionSettings settings, KeyHome keys, Path file, String email)
      throws IOException, InterruptedException {
    try (OpenedBackup backup = OpenedBackup.open(file, keys.identities());
        LiveDatabase live =
            LiveDatabase.open(
                settings,
                PortalProfiles.all(),
                keys.signingKey(),
                backup.header().schema().tables())) {
      List<String> inserted = new ArrayList<>();
      ChangeSink sink =
          new ChangeSink() {
            @Override
            public void table(TablePair pair) {}

            @Override
            public void change(TablePair pair, Change change) {
              if (change instanceof Change.Removed removed) {
                assertThat(new String(removed.before().line(), StandardCharsets.UTF_8))
                    .contains("\"id\":");
                inserted.add(pair.before().logicalName());
              }
            }
          };
      RecordTree tree =
          Records.compare(
              List.of(new RecordName.ByWord("customer", email)),
              backup,
              live,
              RecordOptions.missing(2),
              sink,
              Progress.SILENT);
      TreeSet<String> rows = new TreeSet<>();
      tree.roots().forEach(root -> add(root, rows));
      return new Found(tree, List.copyOf(rows), inserted);
    }
  }

  private static void add(RecordTree.Node node, Set<String> rows) {
    rows.add(node.table() + "/" + String.join(",", node.key()));
    node.children().forEach(child -> add(child, rows));
  }

  private Path backup(ConnectionSettings settings, KeyHome keys) {
    BackupRequest request =
        new BackupRequest(
            settings,
            BackupKind.DATABASE,
            "",
            "tester",
            folder,
            Compression.ZSTD,
            PortalProfiles.all(),
            keys,
            List.of(),
            2,
            "test");
    return Backups.take(request, Progress.SILENT).file();
  }
}
