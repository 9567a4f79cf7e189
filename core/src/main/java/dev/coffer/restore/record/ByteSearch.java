package dev.coffer.restore.record;

import dev.coffer.json.JsonStrings;
import dev.coffer.model.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for the JSON text of keys in a chunk, before a row is parsed. Finds at least every row that
 * has one of the keys; others may come too, so whoever asks looks into them.
 *
 * <p>The text is taken as Latin-1, one character for each byte, because {@code String.indexOf} is
 * many times as fast as a loop over bytes. A few keys are looked for one by one; of many, every
 * value of their column is looked up.
 */
final class ByteSearch {
  /** Above this, one pass that looks every value up is faster. */
  private static final int FEW = 6;

  /** Bytes looked at at a time: what is made of them dies young. */
  private static final int WINDOW = 1 << 15;

  private final Spelling spelling;
  private final List<String> patterns = new ArrayList<>();
  private final List<Lookup> lookups = new ArrayList<>();
  private boolean everything;

  /** The longest text looked for, less one: so much may reach from one window into the next. */
  private int longest;

  /** The values wanted after a column's key. */
  private record Lookup(String marker, Set<String> values, boolean caseless) {

    boolean matches(byte[] bytes, int from, int limit) {
      int end = end(bytes, from, limit);
      String value = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
      return values.contains(caseless ? KeyText.small(value) : value);
    }

    private static int end(byte[] bytes, int from, int limit) {
      int at = from;
      if (at < limit && bytes[at] == '"') {
        at++;
        while (at < limit && bytes[at] != '"') {
          at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, limit);
      }
      while (at < limit && bytes[at] != ',' && bytes[at] != '}') {
        at++;
      }
      return at;
    }
  }

  ByteSearch(Spelling spelling) {
    this.spelling = spelling;
  }

  /** Adds keys of a probe. */
  void add(Probe probe, List<Key> keys) {
    int best = column(probe, keys);
    if (best < 0) {
      everything = true;
      return;
    }
    Column column = probe.columns().get(best);
    String marker = latin(JsonStrings.quote(column.key()) + ":");
    Set<String> values = new HashSet<>();
    for (Key key : keys) {
      values.add(latin(KeyText.json(column, key.values().get(best)).orElseThrow()));
    }
    if (values.size() <= FEW && !probe.isCaseless()) {
      values.forEach(value -> patterns.add(marker + value));
      patterns.forEach(pattern -> longest = Math.max(longest, pattern.length() - 1));
    } else {
      longest = Math.max(longest, marker.length() - 1);
      lookups.add(new Lookup(marker, values, probe.isCaseless()));
    }
  }

  /** The column whose texts are longest, and so the rarest; -1 where none can be searched for. */
  private int column(Probe probe, List<Key> keys) {
    int best = -1;
    int longest = -1;
    for (int i = 0; i < probe.columns().size(); i++) {
      Optional<String> json = KeyText.json(probe.columns().get(i), keys.getFirst().values().get(i));
      boolean byText = !spelling.isJudged(probe.table(), probe.columns().get(i));
      if (byText && json.isPresent() && json.get().length() > longest) {
        best = i;
        longest = json.get().length();
      }
    }
    return best;
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Where lines begin. */
  static int[] lines(byte[] bytes, int length) {
    return IntStream.range(0, length).filter(at -> at == 0 || bytes[at - 1] == '\n').toArray();
  }

  /** Where in the text one of the keys stands, in ascending order. */
  int[] places(byte[] bytes, int length) {
    if (everything) {
      return lines(bytes, length);
    }
    IntStream.Builder places = IntStream.builder();
    for (int from = 0; from < length; from += WINDOW) {
      int size = Math.min(length - from, WINDOW + longest);
      String window = new String(bytes, from, size, StandardCharsets.ISO_8859_1);
      for (String pattern : patterns) {
        int at = window.indexOf(pattern);
        while (at >= 0) {
          places.add(from + at);
          at = window.indexOf(pattern, at + 1);
        }
      }
      for (Lookup lookup : lookups) {
        int at = window.indexOf(lookup.marker());
        while (at >= 0) {
          if (lookup.matches(bytes, from + at + lookup.marker().length(), length)) {
            places.add(from + at);
          }
          at = window.indexOf(lookup.marker(), at + 1);
        }
      }
    }
    return places.build().sorted().distinct().toArray();
  }
}
