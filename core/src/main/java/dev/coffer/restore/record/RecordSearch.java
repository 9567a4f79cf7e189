package dev.coffer.restore.record;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the records of a backup that a name fits, without a database: for people to choose from.
 */
public final class RecordSearch {

  private RecordSearch() {}

  /**
   * A record.
   *
   * @param table logical name
   * @param id its key, as {@link RecordName.ById} takes it
   * @param label what the profile calls it by; may be empty
   */
  public record Found(String table, String id, String label) {
    /** Names the record; its label is a value. */
    @Override
    public String toString() {
      return table + "/" + id;
    }
  }

  /**
   * The records that a name fits, in the document's order; none where there are none.
   *
   * @param limit how many at most
   * @throws dev.coffer.error.CofferException {@code TABLE_NOT_FOUND}, {@code USAGE} for a name that
   *     the profile or the table does not know, {@code BACKUP_DAMAGED}
   */
  public static List<Found> find(
      OpenedBackup backup, Profile profile, RecordName name, int limit, int threads)
      throws IOException {
    DatabaseSchema schema = backup.header().schema();
    List<Table> tables = schema.tables();
    Relations relations = Relations.of(tables, schema.foreignKeys(), profile.links(), List.of());
    Interest interest = new Interest(relations, Records.labels(profile));
    try (BackupSearch search = new BackupSearch(backup, relations, interest, threads)) {
      return new RootFinder(tables, profile, search)
          .candidates(name).stream()
              .map(row -> found(row, profile))
              .filter(found -> !found.id().isEmpty())
              .limit(limit)
              .toList();
    }
  }

  private static Found found(TreeRow row, Profile profile) {
    List<String> label = new ArrayList<>();
    for (RecordKind kind : profile.records().values()) {
      if (label.isEmpty() && row.table().isPartOf(kind.table())) {
        kind.label().forEach(column -> row.value(column).ifPresent(label::add));
      }
    }
    return new Found(
        row.table().logicalName(),
        String.join(",", Item.ofBackup(row, java.util.Optional.empty()).shownKey()),
        String.join(" ", label));
  }
}
