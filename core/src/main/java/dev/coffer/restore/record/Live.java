package dev.coffer.restore.record;

import dev.coffer.backup.RowWriter;
import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.Row;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.read.KeyedReader;
import dev.coffer.seal.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rows of the live database by their values, in the document's form. For one thread. */
final class Live {
  private final LiveDatabase database;
  private final Fingerprint fingerprint;
  private final Map<QualifiedName, RowWriter> writers = new HashMap<>();
  private final Map<QualifiedName, RowDecoder> decoders = new HashMap<>();
  private final Spelling spelling;
  private final RowValues values = new RowValues();
  private final ByteSink line = new ByteSink(1 << 12);
  private final ByteSink secrets = new ByteSink(1 << 8);

  Live(LiveDatabase database, Spelling spelling) {
    this.database = database;
    this.spelling = spelling;
    fingerprint = new Fingerprint(database.fingerprintKey());
  }

  /** A live row and its values of the columns asked for. */
  record LiveRow(Table table, Row row, Map<String, String> values) {

    Optional<Key> key(List<String> columns) {
      List<String> found = columns.stream().map(values::get).filter(v -> v != null).toList();
      return found.size() == columns.size() ? Optional.of(new Key(found)) : Optional.empty();
    }
  }

  /**
   * The rows that have one of the keys.
   *
   * @param keep the columns whose values come with them
   */
  List<LiveRow> rows(Table table, List<String> by, Collection<Key> keys, Set<String> keep)
      throws IOException, InterruptedException {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<LiveRow> rows = new ArrayList<>();
    RowWriter writer =
        writers.computeIfAbsent(
            table.name(), name -> new RowWriter(table, Optional.of(fingerprint)));
    List<List<String>> texts = keys.stream().map(Key::values).toList();
    KeyedReader.read(
        database.snapshot(),
        0,
        table,
        by,
        texts,
        copyRow -> {
          line.clear(1 << 20);
          secrets.clear(1 << 20);
          writer.write(copyRow, line, secrets);
          Row row = new Row(line.toByteArray(), secrets.toByteArray());
          rows.add(new LiveRow(table, row, values.of(table, decoded(table, row), keep)));
        });
    SpelledTexts spelled = new SpelledTexts(spelling);
    rows.forEach(row -> spelled.add(table, row.values()));
    spelled.learn();
    return rows.stream()
        .map(row -> new LiveRow(table, row.row(), spelling.of(table, row.values())))
        .toList();
  }

  /** A row's values, until the next row of the same table is decoded. */
  private RowDecoder decoded(Table table, Row row) {
    RowDecoder decoder = decoders.computeIfAbsent(table.name(), name -> new RowDecoder(table));
    try {
      decoder.read(row.line(), 0, row.line().length);
      if (row.secrets().length > 0) {
        decoder.open(row.secrets(), 0, row.secrets().length);
      }
      return decoder;
    } catch (RowFormatException malformed) {
      throw new CofferException(
          ErrorCode.INTERNAL,
          "table " + table.name().sql() + ": a row that was just written cannot be read",
          "Please report this.",
          malformed);
    }
  }
}
