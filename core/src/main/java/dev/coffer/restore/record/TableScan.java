package dev.coffer.restore.record;

import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the chunks of one table have been searched. Keys may be added while the search is under
 * way: each chunk is searched again for those that came after it was, and for no others. So a
 * cycle, or a table that refers to itself, takes one pass where rows stand after those they refer
 * to, and more only for rows that stand before.
 */
final class TableScan {
  private final Table table;
  private final List<Integer> chunks;
  private final List<Probe> probes = new ArrayList<>();
  private final List<Wish> wishes = new ArrayList<>();
  private final int[] done;

  private record Wish(Probe probe, Key key) {}

  /** A chunk, by its number within the table, that is to be searched. */
  record Task(TableScan scan, int number) {}

  TableScan(Table table, List<Integer> chunks) {
    this.table = table;
    this.chunks = chunks;
    done = new int[chunks.size()];
  }

  Table table() {
    return table;
  }

  List<Probe> probes() {
    return probes;
  }

  void add(Probe probe) {
    probes.add(probe);
  }

  void wish(Probe probe, Key key) {
    wishes.add(new Wish(probe, key));
  }

  int size() {
    return chunks.size();
  }

  boolean isDone(int number) {
    return done[number] == wishes.size();
  }

  /** The place, in the document, of the table's chunk of that number. */
  int place(int number) {
    return chunks.get(number);
  }

  /** What to search the chunk for, which counts as done from now on. */
  ByteSearch begin(int number, Spelling spelling) {
    ByteSearch search = new ByteSearch(spelling);
    for (Probe probe : probes) {
      List<Key> keys =
          wishes.subList(done[number], wishes.size()).stream()
              .filter(wish -> wish.probe() == probe)
              .map(Wish::key)
              .toList();
      if (!keys.isEmpty()) {
        search.add(probe, keys);
      }
    }
    done[number] = wishes.size();
    return search;
  }
}
