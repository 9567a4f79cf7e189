package dev.coffer.backup;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.archive.Compression;
import dev.coffer.insight.Insight;
import dev.coffer.insight.InsightReport;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.read.ReadPlan;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.SigningKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rows of all tables, written; and what is known of them afterwards. */
final class TableReadings {
  private final Subject subject;
  private final List<TableTotal> totals;

  private TableReadings(Subject subject, List<TableTotal> totals) {
    this.subject = subject;
    this.totals = totals;
  }

  static TableReadings read(
      BackupRequest request,
      SharedSnapshot snapshot,
      Subject subject,
      ArchiveWriter archive,
      SealedSpill spill,
      Optional<BackupKey> backupKey,
      SigningKey signingKey,
      Progress progress)
      throws IOException, InterruptedException {
    List<Table> tables = subject.schema().tables();
    Insight insight = subject.insight();
    ReadPlan plan = ReadPlan.of(snapshot, tables);
    List<TableTotal> totals =
        tables.stream().map(table -> new TableTotal(insight.observe(table))).toList();
    long rows = tables.stream().mapToLong(table -> estimate(plan, table)).sum();
    progress.expect(tables.size(), rows, plan.estimatedBytes());
    progress.stage("reading rows");
    new ParallelRead(
            snapshot,
            plan,
            new ChunkSequence(archive, spill, plan.ranges()),
            totals,
            insight,
            backupKey.map(key -> new ParallelRead.Secrets(key, signingKey.fingerprintKey())),
            request.compression() == Compression.ZSTD,
            progress)
        .run();
    return new TableReadings(subject, totals);
  }

  private static long estimate(ReadPlan plan, Table table) {
    return plan.estimatedRows().getOrDefault(table.name(), 0L);
  }

  /** What the document says after its rows. Asks the database for rows whose parent is missing. */
  BackupMetadata metadata(ArchiveWriter archive, SharedSnapshot snapshot) {
    List<Table> tables = subject.schema().tables();
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      counts.put(tables.get(i).logicalName(), totals.get(i).rows());
      hashes.put(tables.get(i).logicalName(), totals.get(i).hash());
    }
    Insight insight = subject.insight();
    InsightReport report =
        insight.report(
            totals.stream().map(TableTotal::insight).toList(),
            Orphans.find(insight.orphanQueries(), snapshot));
    return new BackupMetadata(
        counts.values().stream().mapToLong(Long::longValue).sum(),
        archive.textBytes(),
        counts,
        report.communicationSummary(),
        hashes,
        relationships(),
        report.flagged(),
        subject.excluded(),
        subject.sealed(),
        report.totals().isEmpty() ? Optional.empty() : Optional.of(report.totals()),
        archive.headerBytes(),
        archive.headerSha256(),
        archive.chunks(),
        Optional.empty());
  }

  private List<BackupMetadata.Relationship> relationships() {
    Map<QualifiedName, String> names = new LinkedHashMap<>();
    subject.schema().tables().forEach(table -> names.put(table.name(), table.logicalName()));
    return subject.schema().foreignKeys().stream()
        .filter(key -> names.containsKey(key.from()) && names.containsKey(key.to()))
        .map(key ->
            new BackupMetadata.Relationship(
                Objects.requireNonNull(names.get(key.from())),
                key.columns(),
                Objects.requireNonNull(names.get(key.to())),
                key.targetColumns(),
                key.onDelete()))
        .toList();
  }
}
