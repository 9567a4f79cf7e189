package dev.coffer.archive;

import dev.coffer.json.JsonStrings;
import dev.coffer.model.BackupHeader;

/**
 * The text that stands between chunks (docs/FORMAT.md, "Layout of the text"): written from here,
 * and generated again by whoever checks a document.
 */
public final class Layout {
  public static final String VERSION = BackupHeader.CURRENT;
  static final int MAJOR_VERSION = 4;
  public static final String BETWEEN_LINES = ",\n";
  static final String BEGIN = "{\n\"timestamp\":";
  static final String BEGIN_TABLES = "\"tables\":{\n";
  static final String METADATA = "\"metadata\":";
  static final String SIGNATURE = "\"signature\":";
  static final String END = "\n}\n";

  private Layout() {}

  /** From the end of the table before, if there is one, to the first row line of this one. */
  public static String beginTable(String logicalName, boolean first, boolean rowsBefore) {
    return (first ? "" : endList(rowsBefore) + ",\n") + JsonStrings.quote(logicalName) + ":[\n";
  }

  /** From the end of the last table, if there is one, to the first line of sealed values. */
  public static String beginSealed(boolean anyTable, boolean rowsBefore) {
    return (anyTable ? endList(rowsBefore) + "\n" : "") + "},\n\"sealed\":[\n";
  }

  /** From the end of the sealed values to the metadata. */
  public static String endSealed(boolean linesBefore) {
    return endList(linesBefore) + ",\n";
  }

  private static String endList(boolean lines) {
    return lines ? "\n]" : "]";
  }
}
