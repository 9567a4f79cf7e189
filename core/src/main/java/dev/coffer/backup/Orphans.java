package dev.coffer.backup;

import dev.coffer.insight.OrphanQuery;
import dev.coffer.model.BackupInfo;
import dev.coffer.postgres.read.SnapshotQueries;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.util.List;
import java.util.Optional;

/** Asks the database which rows refer to rows that do not exist. */
final class Orphans {

  private Orphans() {}

  static List<BackupInfo.FlaggedRows> find(List<OrphanQuery> queries, SharedSnapshot snapshot) {
    return queries.stream().map(query -> ask(query, snapshot)).flatMap(Optional::stream).toList();
  }

  private static Optional<BackupInfo.FlaggedRows> ask(OrphanQuery query, SharedSnapshot snapshot) {
    String what = "cannot look for orphans of table " + query.table();
    SnapshotQueries.CountedIds found = SnapshotQueries.countedIds(snapshot, query.sql(), what);
    return query.answer(found.count(), found.ids());
  }
}
