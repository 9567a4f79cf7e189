package dev.coffer.browse;

import dev.coffer.archive.Lines;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.legacy.LegacyLayout;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A legacy file, whose rows are written as a document would have them, a stretch at a time. */
final class LegacySource implements Source {
  private static final int KEEP = 4 << 20;

  private final LegacyLayout layout;
  private final LegacySchema schema;
  private final Map<String, RowDecoder> decoders = new HashMap<>();
  private final ByteSink text = new ByteSink(1 << 16);

  LegacySource(LegacyLayout layout, LegacySchema schema) {
    this.layout = layout;
    this.schema = schema;
  }

  @Override
  public List<Table> tables() {
    return schema.tables();
  }

  /** The file names none; {@link LegacySchema#profile} has what ties its tables. */
  @Override
  public List<ForeignKey> foreignKeys() {
    return List.of();
  }

  @Override
  public List<Stretch> stretches(Table table) {
    return found(table).stream()
        .map(stretch -> new Stretch(stretch.rows(), stretch.bytes()))
        .toList();
  }

  private List<LegacyLayout.Stretch> found(Table table) {
    return layout.tables().stream()
        .filter(each -> each.name().equals(table.logicalName()))
        .findFirst()
        .map(LegacyLayout.Table::stretches)
        .orElse(List.of());
  }

  @Override
  public void find(Table table, int stretch, OpenedBackup.Search search, Sink sink) {
    text.clear(KEEP);
    LegacyLine line = new LegacyLine(table);
    layout.rows(
        found(table).get(stretch),
        row -> {
          if (text.length() > 0) {
            text.put(",\n");
          }
          line.write(row, text);
        });
    int[] places = search.places(text.array(), text.length());
    RowDecoder decoder =
        decoders.computeIfAbsent(table.logicalName(), name -> new RowDecoder(table));
    int[] next = {0, 0};
    Lines.of(
        text,
        (bytes, from, to) -> {
          boolean wanted = next[0] < places.length && places[next[0]] < to;
          while (next[0] < places.length && places[next[0]] < to) {
            next[0]++;
          }
          if (wanted) {
            decode(decoder, bytes, from, to);
            sink.row(decoder, next[1]);
          }
          next[1]++;
        });
  }

  private void decode(RowDecoder decoder, byte[] bytes, int from, int to) {
    try {
      decoder.read(bytes, from, to);
    } catch (RowFormatException changed) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          layout.file().getFileName() + " has changed while it was looked into",
          "Open it again.",
          changed);
    }
  }

  @Override
  public Optional<String> problem() {
    return layout.problem();
  }

  @Override
  public void close() {
    // Nothing of the file is held open.
  }
}
