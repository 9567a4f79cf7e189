package dev.coffer.insight;

import dev.coffer.model.RowView;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Counts rows by the value of one column, and sums others. Values are told apart by their bytes, in
 * a hash table with open addressing, so that a row whose value was seen before makes no garbage.
 */
final class Groups implements Gauge {
  static final String NULL = "(null)";
  static final String TOO_MANY = "(too many values)";

  /** Longer values are not the kind that is counted. */
  private static final int LONGEST_VALUE = 1_000;

  private final GroupSpec spec;
  private final Group nulls;
  private final Group all;
  private Group[] table = new Group[32];
  private int groups;
  private boolean tooMany;

  Groups(GroupSpec spec) {
    this.spec = spec;
    this.nulls = new Group(new byte[0], 0, NULL, spec.summed().size());
    this.all = new Group(new byte[0], 0, TOO_MANY, spec.summed().size());
  }

  /** How a value looks in rows: booleans differ between COPY and JSON. */
  static List<String> spellings(String value, boolean isBoolean) {
    return isBoolean && (value.equals("true") || value.equals("false"))
        ? List.of(value, value.substring(0, 1))
        : List.of(value);
  }

  @Override
  public void row(RowView row) {
    Group group = row.isNull(spec.column()) ? nulls : tooMany ? all : find(row);
    group.rows++;
    for (int at = 0; at < group.sums.length; at++) {
      int summed = spec.summed().get(at);
      if (!row.isNull(summed)) {
        group.sums[at].add(row, summed);
      }
    }
  }

  private Group find(RowView row) {
    byte[] bytes = row.bytes();
    int start = row.start(spec.column());
    int end = row.end(spec.column());
    if (end - start > LONGEST_VALUE) {
      return giveUp();
    }
    int hash = hash(bytes, start, end);
    int slot = slot(hash, bytes, start, end);
    Group found = table[slot];
    if (found != null) {
      return found;
    }
    Group added =
        new Group(
            Arrays.copyOfRange(bytes, start, end),
            hash,
            name(row.text(spec.column())),
            spec.summed().size());
    return insert(slot, added);
  }

  private String name(String text) {
    if (spec.isBoolean()) {
      return text.startsWith("t") ? "true" : "false";
    }
    return FlaggedIds.cut(text);
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 1;
    for (int at = start; at < end; at++) {
      hash = 31 * hash + bytes[at];
    }
    return hash ^ (hash >>> 15);
  }

  private int slot(int hash, byte[] bytes, int start, int end) {
    int slot = hash & (table.length - 1);
    Group group = table[slot];
    while (group != null
        && (group.hash != hash
            || !Arrays.equals(group.value, 0, group.value.length, bytes, start, end))) {
      slot = (slot + 1) & (table.length - 1);
      group = table[slot];
    }
    return slot;
  }

  /** Returns where to count: the group, or all rows together once there are too many groups. */
  private Group insert(int slot, Group group) {
    if (groups == MOST_VALUES) {
      return giveUp();
    }
    table[slot] = group;
    groups++;
    if (groups * 2 > table.length) {
      grow();
    }
    return group;
  }

  private void grow() {
    Group[] smaller = table;
    table = new Group[smaller.length * 2];
    for (Group group : smaller) {
      if (group != null) {
        table[slot(group.hash, group.value, 0, group.value.length)] = group;
      }
    }
  }

  private Group giveUp() {
    if (!tooMany) {
      tooMany = true;
      for (Group group : table) {
        if (group != null) {
          all.merge(group);
        }
      }
      table = new Group[2];
    }
    return all;
  }

  @Override
  public void merge(Gauge other) {
    Groups theirs = (Groups) other;
    nulls.merge(theirs.nulls);
    if (theirs.tooMany) {
      giveUp().merge(theirs.all);
      return;
    }
    for (Group group : theirs.table) {
      if (group != null) {
        mine(group).merge(group);
      }
    }
  }

  /** The group here that counts the value of {@code theirs}. */
  private Group mine(Group theirs) {
    if (tooMany) {
      return all;
    }
    int slot = slot(theirs.hash, theirs.value, 0, theirs.value.length);
    Group found = table[slot];
    return found != null
        ? found
        : insert(slot, new Group(theirs.value, theirs.hash, theirs.name, theirs.sums.length));
  }

  /**
   * The groups by name; those that {@code naming} gives one name are added up into {@code into}.
   */
  void addTo(SequencedMap<String, Group> into, UnaryOperator<String> naming) {
    for (Group group : tooMany ? new Group[] {all} : table) {
      if (group != null) {
        String name = tooMany ? TOO_MANY : naming.apply(group.name);
        into.computeIfAbsent(name, _ -> group.empty(name)).merge(group);
      }
    }
    if (nulls.rows > 0) {
      into.computeIfAbsent(NULL, nulls::empty).merge(nulls);
    }
  }

  static SequencedMap<String, Group> ordered() {
    return new TreeMap<>();
  }

  /** One value, and what was counted of it. */
  static final class Group {
    private final byte[] value;
    private final int hash;
    private final String name;
    private final DecimalSum[] sums;
    private long rows;

    Group(byte[] value, int hash, String name, int sums) {
      this.value = value;
      this.hash = hash;
      this.name = name;
      this.sums = new DecimalSum[sums];
      Arrays.setAll(this.sums, _ -> new DecimalSum());
    }

    Group empty(String newName) {
      return new Group(value, hash, newName, sums.length);
    }

    void merge(Group other) {
      rows += other.rows;
      for (int at = 0; at < sums.length; at++) {
        sums[at].merge(other.sums[at]);
      }
    }

    long rows() {
      return rows;
    }

    DecimalSum sum(int at) {
      return sums[at];
    }
  }
}
