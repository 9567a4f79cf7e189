package dev.coffer.restore.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What belongs to the records that were asked for, and what a restore would do with it.
 *
 * @param roots the records, each with what hangs on it
 * @param tables how many rows of each table come to what, by logical name, parents first
 * @param notes what a person should know besides
 */
public record RecordTree(List<Node> roots, Map<String, Counts> tables, List<String> notes) {
  public RecordTree {
    roots = List.copyOf(roots);
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    notes = List.copyOf(notes);
  }

  /** What comes of a row. */
  public enum Status {
    /** It is gone, and comes back. */
    TO_INSERT("to insert"),
    /** It is there, and has changed since the backup. */
    DIFFERS("differs"),
    SAME("same"),
    /** It came after the backup. */
    ONLY_LIVE("only live"),
    /** A conflict stands in the way. */
    LEFT_ALONE("left alone");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Why a row is in the tree. */
  public enum Role {
    ROOT("record"),
    DEPENDENT("dependent"),
    /** A row above it in the tree refers to it, and it is gone. */
    NEEDED("needed");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * A row.
   *
   * @param table logical name
   * @param key the row's key as PostgreSQL writes it; empty where its table has none
   * @param label what the profile calls it by; may be empty. A value of the row: for people who may
   *     see it, never for a log
   * @param conflict present exactly when it is left alone, was taken over, or lost its link
   */
  public record Node(
      String table,
      List<String> key,
      String label,
      Role role,
      Status status,
      Optional<Conflict> conflict,
      List<Node> children) {
    public Node {
      key = List.copyOf(key);
      children = List.copyOf(children);
    }
  }

  /** Rows of a table. */
  public record Counts(
      long toInsert, long differ, long same, long onlyLive, long leftAlone, long needed) {}

  /** The rows of one table, by its logical name; none where it has no part in this. */
  public Counts counts(String table) {
    return tables.getOrDefault(table, new Counts(0, 0, 0, 0, 0, 0));
  }

  /** How many rows are left alone because of a conflict. */
  public long leftAlone() {
    return tables.values().stream().mapToLong(Counts::leftAlone).sum();
  }
}
