package dev.coffer.restore.apply;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.postgres.write.CopyWriter;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.StagedTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How rows of a backup's table become rows of a live one: which value goes where, and what stands
 * where a secret stays closed. For one thread.
 */
final class WantedRows {
  private static final String NULL = "\\N";

  private final TablePair pair;
  private final RowDecoder wanted;
  private final RowDecoder live;
  private final int[] wantedPlaces;
  private final int[] livePlaces;
  private final boolean[] sealed;
  private final List<StandIn> standIns;
  private final StagedTable.Shape shape;
  private final ByteSink one = new ByteSink(256);
  private final ByteSink other = new ByteSink(256);

  WantedRows(TablePair pair, LiveTable target) {
    this.pair = pair;
    wanted = new RowDecoder(pair.before());
    live = new RowDecoder(pair.after());
    List<String> before = names(pair.before().storedColumns());
    List<String> after = names(pair.after().storedColumns());
    wantedPlaces = places(pair.columns().stream().map(column -> column.before().name()), before);
    livePlaces = places(pair.columns().stream().map(column -> column.after().name()), after);
    sealed = new boolean[pair.columns().size()];
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] = pair.columns().get(i).before().sealed();
    }
    standIns = pair.columns().stream().map(column -> StandIns.of(column.after(), target)).toList();
    shape =
        new StagedTable.Shape(
            after,
            pair.keyAfter(),
            pair.columns().stream().map(column -> column.after().name()).toList(),
            IntStream.range(0, sealed.length)
                .filter(i -> sealed[i])
                .mapToObj(i -> pair.columns().get(i).after().name())
                .toList());
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static int[] places(java.util.stream.Stream<String> names, List<String> among) {
    return names.mapToInt(among::indexOf).toArray();
  }

  StagedTable.Shape shape() {
    return shape;
  }

  private void read(Row row) {
    row.read(wanted, pair.before());
  }

  private void read(LiveRows back) {
    ByteSink line = back.line();
    byte[] secrets = back.secrets();
    Row.read(live, pair.after(), line.array(), 0, line.length(), secrets, 0, secrets.length);
  }

  /** Puts a row as {@link StagedTable#rows} takes it. */
  void stage(long number, boolean existing, Row row, CopyWriter target) {
    read(row);
    ByteSink text = target.text();
    text.put(number + "\t" + (existing ? "t" : "f"));
    for (int i = 0; i < sealed.length; i++) {
      if (sealed[i]) {
        text.put(existing && wanted.isClosed(wantedPlaces[i]) ? "\tt" : "\tf");
      }
    }
    for (int i = 0; i < sealed.length; i++) {
      int place = wantedPlaces[i];
      text.put('\t');
      if (wanted.isNull(place)) {
        text.put(NULL);
      } else if (!wanted.isClosed(place)) {
        wanted.copyText(place, text);
      } else if (existing) {
        text.put(NULL);
      } else {
        text.put(standIns.get(i).copyText());
      }
    }
    target.row();
  }

  /** Whether a row that was read back holds what was wanted, as far as that was known. */
  boolean matches(Row row, LiveRows back) {
    byte[] line = row.line();
    ByteSink found = back.line();
    if (line.length == found.length()
        && Arrays.equals(line, 0, line.length, found.array(), 0, found.length())) {
      return true;
    }
    read(row);
    read(back);
    for (int i = 0; i < sealed.length; i++) {
      if (!wanted.isClosed(wantedPlaces[i]) && !same(wantedPlaces[i], livePlaces[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean same(int wantedPlace, int livePlace) {
    one.clear(1 << 20);
    other.clear(1 << 20);
    wanted.json(wantedPlace, one);
    live.json(livePlace, other);
    return Arrays.equals(one.array(), 0, one.length(), other.array(), 0, other.length());
  }

  /** A hash of the values that a row is to have, for tables without a key. */
  Hash values(Row row) {
    read(row);
    return values(wanted, wantedPlaces, row.secrets().length > 0);
  }

  /**
   * The same of a row that was read back.
   *
   * @param open whether the wanted rows' secrets were open
   */
  Hash values(LiveRows back, boolean open) {
    read(back);
    return values(live, livePlaces, open);
  }

  private Hash values(RowDecoder decoder, int[] places, boolean open) {
    one.clear(1 << 20);
    for (int i = 0; i < places.length; i++) {
      if (sealed[i] && !open) {
        one.put('?');
      } else {
        decoder.json(places[i], one);
      }
      one.put(',');
    }
    return Hash.of(Sha256.of(one.array(), 0, one.length()));
  }
}
