package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Learns a {@link LegacyLayout} as a file is read. */
final class LayoutScan implements LegacyVisitor {
  private static final long STRETCH_BYTES = 256 << 10;
  private static final int MOST_COLUMNS = 20_000;

  private final Predicate<String> secret;
  private final List<Found> found = new ArrayList<>();
  private int columns;

  LayoutScan(Predicate<String> secret) {
    this.secret = secret;
  }

  /** A table, as far as it was read. */
  private static final class Found {
    private final String name;
    private final SequencedMap<String, ColumnLook> columns = new LinkedHashMap<>();
    private final List<LegacyLayout.Stretch> stretches = new ArrayList<>();
    private long begin;
    private long end;
    private int rows;
    private long allRows;

    Found(String name) {
      this.name = name;
    }

    void close() {
      if (rows > 0) {
        stretches.add(new LegacyLayout.Stretch(begin, end - begin, rows));
      }
      begin = end;
      rows = 0;
    }
  }

  @Override
  public boolean begin(String table) {
    found.add(new Found(table));
    return true;
  }

  @Override
  public void place(long at) {
    if (at < 0) {
      throw new LegacyDamage(
          Finding.Code.LAYOUT_DIFFERS, "the file", "The file is not written in UTF-8");
    }
    Found table = found.getLast();
    table.end = at;
    if (table.rows == 0) {
      table.begin = at;
    } else if (at - table.begin >= STRETCH_BYTES) {
      table.close();
    }
  }

  @Override
  public void row(String name, LegacyRow row) {
    Found table = found.getLast();
    table.rows++;
    table.allRows++;
    row.columns().forEach((key, json) -> table.columns.computeIfAbsent(key, this::look).add(json));
  }

  private ColumnLook look(String key) {
    if (++columns > MOST_COLUMNS) {
      throw new LegacyDamage(
          Finding.Code.LAYOUT_DIFFERS, "the file", "There are too many columns to be a backup");
    }
    return new ColumnLook(secret);
  }

  /** What was found until now. */
  List<LegacyLayout.Table> tables() {
    return found.stream()
        .map(table -> {
          table.close();
          List<LegacyLayout.Column> looks = new ArrayList<>();
          table.columns.forEach((key, look) -> looks.add(look.column(key, table.allRows)));
          return new LegacyLayout.Table(table.name, looks, table.stretches);
        })
        .toList();
  }
}
