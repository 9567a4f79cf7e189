package dev.coffer.portal.records;

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
import dev.coffer.restore.record.RecordName;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer comes back with all that the cascade took, and no other row is touched. */
class CascadeTest {
  /** What editors do to a row, so that each edit counts. */
  private static final List<String> EDITS =
      List.of(
          "UPDATE sales SET \"updatedAt\" = \"updatedAt\" + interval '1 s' WHERE id = '%s'",
          "UPDATE \"Lead\" SET updated_at = updated_at + interval '1 s' WHERE id = '%s'",
          "UPDATE sms_logs SET \"messageContent\" = \"messageContent\" || 'x' WHERE id = '%s'");

  private static final List<String> MEASURES =
      List.of(
          "SELECT extract(epoch FROM \"updatedAt\")::bigint FROM sales WHERE id = '%s'",
          "SELECT extract(epoch FROM updated_at)::bigint FROM \"Lead\" WHERE id = '%s'",
          "SELECT length(\"messageContent\") FROM sms_logs WHERE id = '%s'");

  private static final List<String> CHOICES =
      List.of(
          "SELECT id FROM sales WHERE id <> '%s' ORDER BY id LIMIT 1",
          "SELECT id FROM \"Lead\" WHERE id NOT IN"
              + " (SELECT lead_id FROM \"LeadToSaleLink\" WHERE sale_id = '%s') ORDER BY id LIMIT 1",
          "SELECT id FROM sms_logs WHERE \"saleId\" <> '%s' ORDER BY id LIMIT 1");

  @TempDir private Path folder;

  @Test
  void noOtherRowIsTouchedWhileOthersAreEdited() throws Exception {
    try (TestDatabase portal = TestDatabase.create(Servers.debian15())) {
      ConnectionSettings settings =
          ConnectionSettings.resolve(Optional.of(portal.url()), Map.of(), folder);
      SamplePortal.create(settings.dataSource("test"), SamplePortal.Options.ofScale(0.3));
      BackupRequest request = request(settings);
      Path backup = Backups.take(request, Progress.SILENT).file();
      String customer =
          portal.value(
              """
              SELECT s.id FROM sales s
              WHERE EXISTS (SELECT FROM sms_logs m WHERE m."saleId" = s.id)
                AND EXISTS (SELECT FROM appliances a WHERE a."saleId" = s.id)
                AND EXISTS (SELECT FROM "EmailLog" e WHERE e."saleId" = s.id)
              ORDER BY s.id LIMIT 1
              """);
      List<String> edited = new ArrayList<>();
      CHOICES.forEach(choice -> edited.add(portal.value(choice.formatted(customer))));
      Set<String> whole = keys(rows(portal, edited));
      portal.execute(
          """
          DELETE FROM "LeadToSaleLink" WHERE sale_id = '%1$s';
          DELETE FROM sales WHERE id = '%1$s'
          """
              .formatted(customer));
      Set<String> before = rows(portal, edited);
      Set<String> gone = new TreeSet<>(whole);
      gone.removeAll(keys(before));
      List<Long> measured = measured(portal, edited);
      AtomicBoolean over = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(EDITS.size());
      List<CompletableFuture<Integer>> editors = new ArrayList<>();
      for (int i = 0; i < EDITS.size(); i++) {
        String edit = EDITS.get(i).formatted(edited.get(i));
        // A thread of its own each: the common pool of a small machine has one.
        editors.add(
            CompletableFuture.supplyAsync(
                () -> edit(portal, edit, begun, over), task -> Thread.ofPlatform().start(task)));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      Outcome restored;
      try {
        restored = restore(request, backup, customer, portal);
      } finally {
        over.set(true);
      }

      assertThat(restored.applied()).isTrue();
      Set<String> after = rows(portal, edited);
      assertThat(after).as("rows as they were, in the place where they were").containsAll(before);
      after.removeAll(before);
      assertThat(gone).hasSizeGreaterThan(3).contains("sales " + customer);
      assertThat(keys(after)).as("rows that came").isEqualTo(gone);
      List<Long> since = measured(portal, edited);
      for (int i = 0; i < editors.size(); i++) {
        int edits = editors.get(i).get(60, TimeUnit.SECONDS);
        assertThat(edits).as("edits meanwhile").isGreaterThan(1);
        assertThat(since.get(i) - measured.get(i)).isEqualTo(edits);
      }
    }
  }

  private static int edit(
      TestDatabase portal, String sql, CountDownLatch begun, AtomicBoolean over) {
    int edits = 0;
    try (Connection connection = portal.connect();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        edits += statement.executeUpdate(sql);
        begun.countDown();
      }
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
    return edits;
  }

  private static List<Long> measured(TestDatabase portal, List<String> edited) {
    List<Long> measured = new ArrayList<>();
    for (int i = 0; i < edited.size(); i++) {
      measured.add(Long.parseLong(portal.value(MEASURES.get(i).formatted(edited.get(i)))));
    }
    return measured;
  }

  /** Every row of every table: who wrote it last, where it stands, and what it holds. */
  private static Set<String> rows(TestDatabase portal, List<String> edited) {
    Set<String> rows = new TreeSet<>();
    for (String table :
        portal.values(
            "SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'public'::regnamespace")) {
      rows.addAll(
          portal.values(
              "SELECT '%1$s ' || (to_jsonb(t) ->> 'id') || ' ' || xmin || ' ' || ctid || ' ' || md5(t::text) FROM %1$s t WHERE to_jsonb(t) ->> 'id' NOT IN ('%2$s')"
                  .formatted(table, String.join("', '", edited))));
    }
    return rows;
  }

  /** The table and the key alone. */
  private static Set<String> keys(Set<String> rows) {
    Set<String> keys = new TreeSet<>();
    rows.forEach(row -> keys.add(row.replaceFirst("^(\\S+ \\S+) .*", "$1")));
    return keys;
  }

  private static Outcome restore(
      BackupRequest request, Path backup, String customer, TestDatabase portal) {
    return Restore.run(
        new RestoreRequest(
            backup,
            request,
            Mode.MISSING,
            List.of(),
            List.of(RecordName.parse("sales/" + customer)),
            request.keys().identities(),
            false,
            Optional.of(portal.name()),
            List.of(),
            1),
        Progress.SILENT);
  }

  private BackupRequest request(ConnectionSettings settings) {
    return new BackupRequest(
        settings,
        BackupKind.DATABASE,
        "",
        "tester",
        folder,
        Compression.ZSTD,
        PortalProfiles.all(),
        KeyHome.at(folder.resolve("home")),
        List.of(),
        2,
        "test");
  }
}
