package dev.coffer.restore.record;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    try (BackupSearch search =
        new BackupSearch(backup, relations, interest, Spelling.OF_TEXTS, threads)) {
      return new RootFinder(tables, profile, search)
          .candidates(name).stream()
              .map(row -> found(row, profile))
              .filter(found -> !found.id().isEmpty())
              .limit(limit)
              .toList();
    }
  }

  /**
   * The records that plans name by their keys, to be called by what people call them.
   *
   * @param keys JSON arrays by the logical names of the tables; tables without a primary key are
   *     passed over
   */
  public static List<Found> named(
      OpenedBackup backup, Profile profile, Map<String, List<String>> keys, int threads)
      throws IOException {
    DatabaseSchema schema = backup.header().schema();
    Relations relations =
        Relations.of(schema.tables(), schema.foreignKeys(), profile.links(), List.of());
    Interest interest = new Interest(relations, Records.labels(profile));
    List<Probe> probes = new ArrayList<>();
    for (Table table : schema.tables()) {
      if (keys.containsKey(table.logicalName()) && !table.primaryKey().isEmpty()) {
        Probe probe = Probe.of(table, table.primaryKey());
        keys.get(table.logicalName()).stream()
            .map(RootFinder::values)
            .filter(values -> values.size() == table.primaryKey().size())
            .forEach(values -> probe.want(new Key(values), Optional.empty()));
        probes.add(probe);
      }
    }
    if (probes.isEmpty()) {
      return List.of();
    }
    try (BackupSearch search =
        new BackupSearch(backup, relations, interest, Spelling.OF_TEXTS, threads)) {
      return search.candidates(probes).stream().map(row -> found(row, profile)).toList();
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
        String.join(",", Item.ofBackup(row, Optional.empty()).shownKey()),
        String.join(" ", label));
  }
}
