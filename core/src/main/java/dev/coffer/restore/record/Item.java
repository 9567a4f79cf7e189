package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.restore.record.Live.LiveRow;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.util.List;
import java.util.Optional;

/** A row of the tree on its way to a verdict. For one thread. */
final class Item {
  private final Optional<TreeRow> before;
  private final Optional<TablePair> pair;
  private Optional<LiveRow> after;
  private Status status;
  private Optional<Conflict> conflict = Optional.empty();
  private Optional<Item> shownBelow = Optional.empty();
  private final Role role;

  private Item(
      Optional<TreeRow> before,
      Optional<LiveRow> after,
      Optional<TablePair> pair,
      Role role,
      Status status) {
    this.before = before;
    this.after = after;
    this.pair = pair;
    this.role = role;
    this.status = status;
  }

  /** A row of the backup that is not in the database until one is found there. */
  static Item ofBackup(TreeRow row, Optional<TablePair> pair) {
    return new Item(Optional.of(row), Optional.empty(), pair, row.role(), Status.TO_INSERT);
  }

  static Item onlyLive(LiveRow row, TablePair pair, Item below) {
    Item item =
        new Item(
            Optional.empty(),
            Optional.of(row),
            Optional.of(pair),
            Role.DEPENDENT,
            Status.ONLY_LIVE);
    item.shownBelow = Optional.of(below);
    return item;
  }

  Optional<TreeRow> before() {
    return before;
  }

  Optional<LiveRow> after() {
    return after;
  }

  /** Empty where the database has no such table. */
  Optional<TablePair> pair() {
    return pair;
  }

  Role role() {
    return role;
  }

  Status status() {
    return status;
  }

  Optional<Conflict> conflict() {
    return conflict;
  }

  Optional<Item> shownBelow() {
    return shownBelow;
  }

  void showBelow(Item other) {
    shownBelow = Optional.of(other);
  }

  void found(LiveRow live, boolean same) {
    after = Optional.of(live);
    status = same ? Status.SAME : Status.DIFFERS;
  }

  void leaveAlone(Conflict.Reason reason, String detail) {
    conflict = Optional.of(new Conflict(reason, detail));
    status = Status.LEFT_ALONE;
  }

  /** Says what stands in the way, and goes on all the same. */
  void takeOver(Conflict.Reason reason, String detail) {
    conflict = Optional.of(new Conflict(reason, detail));
  }

  /** Says that the row lost its link to the record, which does not stand in its way. */
  void linkLost(String detail) {
    conflict = Optional.of(new Conflict(Conflict.Reason.LINK_LOST, detail));
  }

  /** Whether it lost its link, and stands nothing in its way. */
  boolean lostLink() {
    return status == Status.DIFFERS
        && conflict.filter(known -> known.reason() == Conflict.Reason.LINK_LOST).isPresent();
  }

  /** Whether some way of restoring writes the row's state of the backup. */
  boolean isWritten() {
    return status == Status.TO_INSERT || status == Status.DIFFERS;
  }

  /** As {@link #isWritten()}, in this way of restoring. */
  boolean isWritten(RecordOptions options) {
    return status == Status.TO_INSERT || (status == Status.DIFFERS && options.changes());
  }

  /** The logical name of the row's table. */
  String table() {
    return before
        .map(row -> row.table().logicalName())
        .orElseGet(() -> after.orElseThrow().table().logicalName());
  }

  /** A value by a column's name; a live row's where the backup has none. */
  Optional<String> value(String column) {
    return before.isPresent()
        ? before.get().value(column)
        : Optional.ofNullable(after.orElseThrow().values().get(column));
  }

  Optional<Key> key(List<String> columns) {
    return before.isPresent() ? before.get().key(columns) : after.orElseThrow().key(columns);
  }

  /** The row's key for people: as good as there is, perhaps empty. */
  List<String> shownKey() {
    var table = before.map(TreeRow::table).orElseGet(() -> after.orElseThrow().table());
    for (List<String> columns : Pairs.keys(table)) {
      Optional<Key> key = key(columns);
      if (key.isPresent()) {
        return key.get().values();
      }
    }
    return List.of();
  }

  /** {@code sales/cm0a…}, for messages. */
  String name() {
    return table() + "/" + String.join(",", shownKey());
  }
}
