package dev.coffer.restore.rebuild;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.BinaryType;
import dev.coffer.json.RowDecoder;
import dev.coffer.loading.BinaryRow;
import dev.coffer.loading.CopyRow;
import dev.coffer.loading.StandIn;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.TargetSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which of COPY's formats each table is loaded: in the binary one, which costs the server less,
 * where the type of every stored column is known exactly and no value has something stand in for
 * it; in the text format elsewhere. May be asked by several threads.
 */
final class CopyFormats {
  private final Source source;
  private final Map<QualifiedName, List<BinaryType>> binary = new HashMap<>();

  private CopyFormats(Source source) {
    this.source = source;
  }

  /** Writes rows as the server takes them. */
  @FunctionalInterface
  interface RowWriter {
    void append(RowDecoder row, ByteSink target);
  }

  /** Asks the target, where the tables are by now. */
  static CopyFormats of(Source source, TargetSession session) {
    CopyFormats formats = new CopyFormats(source);
    Map<QualifiedName, Map<String, String>> types = session.columnTypes();
    for (Table table : source.tables()) {
      boolean closed = !table.sealedColumns().isEmpty() && !source.backup().opensSecrets();
      List<BinaryType> known = known(table, types.getOrDefault(table.name(), Map.of()));
      boolean all = known.size() == table.storedColumns().size() && !known.isEmpty();
      if (all && !closed && table.kind() != Table.Kind.LARGE_OBJECTS) {
        formats.binary.put(table.name(), known);
      }
    }
    return formats;
  }

  private static List<BinaryType> known(Table table, Map<String, String> types) {
    return table.storedColumns().stream()
        .map(column -> BinaryType.of(types.getOrDefault(column.name(), ""), column.kind()))
        .flatMap(Optional::stream)
        .toList();
  }

  boolean isBinary(Table table) {
    return binary.containsKey(table.name());
  }

  RowWriter writer(Table table) {
    List<BinaryType> types = binary.getOrDefault(table.name(), List.of());
    if (!types.isEmpty()) {
      return new BinaryRow(table, types)::append;
    }
    List<StandIn> standIns = source.sealed().standIns(table);
    return (row, text) -> CopyRow.append(row, standIns, text);
  }
}
