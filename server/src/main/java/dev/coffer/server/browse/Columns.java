package dev.coffer.server.browse;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Chooses which columns of a table a list shows: people look for a name first. */
final class Columns {
  static final int IN_A_TABLE = 5;
  static final int IN_A_LINE = 4;

  private Columns() {}

  /** Names of at most {@code most} columns beside the key's. */
  static List<String> telling(Table table, Profile profile, int most) {
    Set<String> wanted = new LinkedHashSet<>();
    for (RecordKind kind : profile.records().values()) {
      if (table.isPartOf(kind.table())) {
        wanted.addAll(kind.label());
        wanted.addAll(kind.find());
      }
    }
    List<String> stored = table.storedColumns().stream().map(Column::name).toList();
    wanted.retainAll(stored);
    wanted.addAll(stored);
    table.primaryKey().forEach(wanted::remove);
    return wanted.stream().limit(most).toList();
  }
}
