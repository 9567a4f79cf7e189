package dev.coffer.export;

import dev.coffer.loading.CopyRow;
import dev.coffer.loading.SealedColumns;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A table's rows as a {@code COPY … FROM stdin} block in the text format, for psql. */
final class CopyBlock {
  private CopyBlock() {}

  static void write(Document document, Table table, SealedColumns sealed, Output output)
      throws IOException {
    List<Column> columns = table.storedColumns();
    output.put(begin(table.name().sql(), columns.stream().map(Column::name).toList()));
    List<StandIn> standIns = sealed.standIns(table);
    document.rows(
        table,
        (row, line, from, to) -> {
          CopyRow.append(row, standIns, output.text());
          output.drain();
        });
    output.put("\\.\n");
  }

  /** The line that opens a block; without columns, a table's own list would be a syntax error. */
  static String begin(String table, List<String> columns) {
    String list =
        columns.stream().map(Identifiers::quote).collect(Collectors.joining(", ", " (", ")"));
    return "COPY " + table + (columns.isEmpty() ? "" : list) + " FROM stdin;\n";
  }
}
