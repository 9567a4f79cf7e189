package dev.coffer.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of a legacy backup, streamed. */
public final class LegacyRows {
  private LegacyRows() {}

  /** Takes all rows of a legacy backup, table after table. */
  public interface Reader {

    /** A table begins. Whether its rows are wanted. */
    boolean begin(String table);

    /**
     * The next row of a table that is wanted.
     *
     * @param members every member of the row, copies of related rows too, as JSON text
     */
    void row(String table, Map<String, String> members);
  }

  /**
   * Gives the rows of all tables to {@code reader}, in the file's order and in one pass.
   *
   * @throws CofferException BACKUP_DAMAGED with the place, after the rows before it were given;
   *     FILE_UNREADABLE
   */
  public static void all(Path file, Reader reader) {
    read(
        file,
        new LegacyVisitor() {
          @Override
          public boolean begin(String table) {
            return reader.begin(table);
          }

          @Override
          public void row(String table, LegacyRow row) {
            Map<String, String> members = new LinkedHashMap<>();
            row.members().forEach(member -> members.put(member.key(), member.text()));
            reader.row(table, members);
          }
        });
  }

  /**
   * Gives every row of a table to {@code consumer}, in the file's order.
   *
   * <p>A row is its columns in order: the key as the file spells it (camelCase), and the value as
   * JSON text ({@code "text"}, {@code 1.50}, {@code true}, {@code null}, or the object of a JSON
   * column). Copies of related rows are left out. Values of an SQL dump are strings or {@code
   * null}: its text does not tell types.
   *
   * @throws CofferException TABLE_NOT_FOUND; BACKUP_DAMAGED with the place, after the rows before
   *     it were given; FILE_UNREADABLE
   */
  public static void rows(Path file, String logicalTable, Consumer<Map<String, String>> consumer) {
    Selecting selecting = new Selecting(logicalTable, consumer);
    read(file, selecting);
    if (!selecting.tables.contains(logicalTable)) {
      throw new CofferException(
          ErrorCode.TABLE_NOT_FOUND,
          "There is no table " + logicalTable + " in " + file,
          "It has: " + String.join(", ", selecting.tables));
    }
  }

  private static void read(Path file, LegacyVisitor visitor) {
    try {
      LegacyFile.read(file, visitor);
    } catch (LegacyDamage damage) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          file
              + " is damaged: "
              + damage.finding().meaning()
              + " ("
              + damage.finding().place()
              + ")",
          "Take another copy of the file; coffer verify says what can be read.",
          damage);
    }
  }

  private static final class Selecting implements LegacyVisitor {
    private final String wanted;
    private final Consumer<Map<String, String>> consumer;
    private final List<String> tables = new ArrayList<>();

    Selecting(String wanted, Consumer<Map<String, String>> consumer) {
      this.wanted = wanted;
      this.consumer = consumer;
    }

    @Override
    public boolean begin(String table) {
      tables.add(table);
      return table.equals(wanted);
    }

    @Override
    public void row(String table, LegacyRow row) {
      consumer.accept(row.columns());
    }
  }
}
