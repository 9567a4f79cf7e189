package dev.coffer.restore;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.restore.RowExample.Field;
import dev.coffer.restore.RowExample.What;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Keeps the first rows of a table that a plan touches, as people may read them. For one thread. */
final class RowExamples {
  private static final int EACH = 3;
  private static final int FIELDS = 8;
  private static final int LONGEST = 120;
  private static final int MOST_BYTES = 1 << 16;

  private final TablePair pair;
  private final RowDecoder before;
  private final int[] beforePlaces;
  private final RowDecoder after;
  private final int[] afterPlaces;
  private final ByteSink one = new ByteSink(256);
  private final ByteSink other = new ByteSink(256);
  private final List<RowExample> inserted = new ArrayList<>();
  private final List<RowExample> changed = new ArrayList<>();
  private final List<RowExample> deleted = new ArrayList<>();

  /**
   * Reads what the decoders have just read.
   *
   * @param beforePlaces where the pair's columns stand in the backup's rows
   * @param afterPlaces and in the database's
   */
  RowExamples(
      TablePair pair, RowDecoder before, int[] beforePlaces, RowDecoder after, int[] afterPlaces) {
    this.pair = pair;
    this.before = before;
    this.beforePlaces = beforePlaces;
    this.after = after;
    this.afterPlaces = afterPlaces;
  }

  void inserted(byte[] key) {
    if (inserted.size() < EACH) {
      inserted.add(new RowExample(What.INSERTED, text(key), row(before, beforePlaces, false)));
    }
  }

  void deleted(byte[] key) {
    if (deleted.size() < EACH) {
      deleted.add(new RowExample(What.DELETED, text(key), row(after, afterPlaces, true)));
    }
  }

  /**
   * A row that changes.
   *
   * @param secretsDiffer whether some of its secrets may, known or not which
   */
  void changed(byte[] key, boolean secretsDiffer) {
    if (changed.size() < EACH) {
      changed.add(new RowExample(What.CHANGED, text(key), differing(secretsDiffer)));
    }
  }

  private List<Field> row(RowDecoder decoder, int[] places, boolean now) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < places.length && fields.size() < FIELDS; i++) {
      if (decoder.isNull(places[i])) {
        continue;
      }
      boolean locked = isSealed(i);
      Optional<String> value = locked ? Optional.empty() : value(decoder, places[i]);
      fields.add(
          new Field(
              name(i), now ? value : Optional.empty(), now ? Optional.empty() : value, locked));
    }
    return fields;
  }

  private List<Field> differing(boolean secretsDiffer) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < beforePlaces.length && fields.size() < 2 * FIELDS; i++) {
      if (isSealed(i)) {
        if (secretsDiffer && !same(i)) {
          fields.add(new Field(name(i), Optional.empty(), Optional.empty(), true));
        }
      } else if (!same(i)) {
        fields.add(
            new Field(
                name(i), value(after, afterPlaces[i]), value(before, beforePlaces[i]), false));
      }
    }
    return fields;
  }

  /** Whether both sides hold the same, as far as it is open; a closed secret may differ. */
  private boolean same(int column) {
    if (before.isClosed(beforePlaces[column]) || after.isClosed(afterPlaces[column])) {
      return false;
    }
    one.clear(MOST_BYTES);
    other.clear(MOST_BYTES);
    before.json(beforePlaces[column], one);
    after.json(afterPlaces[column], other);
    return Arrays.equals(one.array(), 0, one.length(), other.array(), 0, other.length());
  }

  private boolean isSealed(int column) {
    return pair.columns().get(column).before().sealed()
        || pair.columns().get(column).after().sealed();
  }

  private String name(int column) {
    return pair.columns().get(column).after().name();
  }

  private Optional<String> value(RowDecoder decoder, int place) {
    if (decoder.isNull(place)) {
      return Optional.empty();
    }
    one.clear(MOST_BYTES);
    decoder.plainText(place, one);
    String whole =
        new String(one.array(), 0, Math.min(one.length(), 8 * LONGEST), StandardCharsets.UTF_8);
    int end = Math.min(whole.codePointCount(0, whole.length()), LONGEST);
    String cut = whole.substring(0, whole.offsetByCodePoints(0, end));
    boolean all = cut.length() == whole.length() && one.length() <= 8 * LONGEST;
    return Optional.of(all ? cut : cut + "…");
  }

  private static String text(byte[] key) {
    return key.length > 2 ? new String(key, StandardCharsets.UTF_8) : "";
  }

  /** What goes first, then what changes, then what comes back. */
  List<RowExample> all() {
    List<RowExample> all = new ArrayList<>(deleted);
    all.addAll(changed);
    all.addAll(inserted);
    return all;
  }
}
