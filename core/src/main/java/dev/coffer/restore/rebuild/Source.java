package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.loading.DanglingKeys;
import dev.coffer.loading.SealedColumns;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import dev.coffer.restore.rebuild.DecodedChunk.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * The backup as it is loaded: statements by section, tables, and what takes closed values' place.
 */
record Source(
    OpenedBackup backup,
    SealedColumns sealed,
    DanglingKeys dangling,
    LoadTotals totals,
    Progress progress) {

  static Source of(OpenedBackup backup, Progress progress) {
    BackupHeader header = backup.header();
    List<Table> tables = header.schema().tables();
    return new Source(
        backup,
        new SealedColumns(tables, backup.opensSecrets()),
        DanglingKeys.of(header),
        new LoadTotals(tables, progress),
        progress);
  }

  BackupHeader header() {
    return backup.header();
  }

  List<Table> tables() {
    return header().schema().tables();
  }

  /** The statements of a section, in an order that loads. */
  List<SchemaStatement> statements(Section section) {
    List<SchemaStatement> statements = new ArrayList<>();
    header().schema().statements().stream()
        .filter(statement -> statement.section() == section)
        .map(dangling::relaxed)
        .forEach(statements::add);
    sealed
        .statements(section)
        .forEach(sql -> statements.add(new SchemaStatement(section, "COLUMN", "to loosen", sql)));
    return statements;
  }

  List<Piece> pieces(Table table) {
    return backup.chunks(table).stream().map(place -> new Piece(table, place)).toList();
  }

  /** How long a table's rows are in the document. */
  long bytes(Table table) {
    return backup.chunks(table).stream()
        .mapToLong(place -> backup.metadata().chunks().get(place).bytes())
        .sum();
  }

  long rows(Table table) {
    return backup.metadata().tables().getOrDefault(table.logicalName(), 0L);
  }
}
