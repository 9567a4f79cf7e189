package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The column, known by its name and type, that says when a row came into being: it stays the same
 * however a row is edited, so it tells two records apart that had the same key one after the other.
 */
final class CreationTime {
  private static final Set<String> NAMES =
      Set.of(
          "createdat",
          "createdon",
          "created",
          "createtime",
          "createdate",
          "createdtime",
          "createddate",
          "creationtime",
          "creationdate",
          "datecreated",
          "timecreated",
          "insertedat",
          "importedat");

  private CreationTime() {}

  static Optional<String> column(Table table) {
    return table.storedColumns().stream()
        .filter(column -> column.type().startsWith("timestamp") || column.type().equals("date"))
        .map(Column::name)
        .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT).replace("_", "")))
        .findFirst();
  }
}
