package dev.coffer.browse;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.List;
import java.util.Map;

/** Writes rows of a legacy table as lines of a document (docs/FORMAT.md, "Rows"). */
final class LegacyLine {
  private static final String NULL = "null";
  private static final String SEALED = "\"[ENCRYPTED]\"";

  /** Nothing is ever compared by it. */
  private static final String FINGERPRINT = "AAAAAAAA";

  /** A jsonb value that begins so reads as an escaped one. */
  private static final String ESCAPE = "{\"$jsonb\"";

  private final Table table;
  private final List<Column> columns;

  LegacyLine(Table table) {
    this.table = table;
    this.columns = table.storedColumns();
  }

  /**
   * Appends a row's line.
   *
   * @param row its values as JSON text, in which no blanks stand between the parts
   */
  void write(Map<String, String> row, ByteSink line) {
    char before = '{';
    boolean sealed = false;
    for (Column column : columns) {
      line.put(before + JsonStrings.quote(column.key()) + ":");
      before = ',';
      String value = row.getOrDefault(column.key(), NULL);
      sealed |= column.sealed() && !value.equals(NULL);
      line.put(value.equals(NULL) ? NULL : column.sealed() ? SEALED : value(column, value));
    }
    if (sealed) {
      line.put("," + JsonStrings.quote(table.fingerprintKey()) + ":\"" + FINGERPRINT + "\"");
    }
    line.put(columns.isEmpty() ? "{}" : "}");
  }

  private static String value(Column column, String json) {
    if (column.kind() == ValueKind.TEXT && !json.startsWith("\"")) {
      return JsonStrings.quote(json);
    }
    String whole = json.contains("\\ud") ? withoutHalves(json) : json;
    boolean escaped = column.kind() == ValueKind.JSONB && whole.startsWith(ESCAPE);
    return escaped ? ESCAPE + ": " + whole + "}" : whole;
  }

  /** Half of a surrogate pair, which UTF-8 cannot tell, becomes the character that says so. */
  private static String withoutHalves(String json) {
    StringBuilder whole = new StringBuilder(json.length());
    int at = 0;
    while (at < json.length()) {
      char unit = json.charAt(at);
      if (unit != '\\') {
        whole.append(unit);
        at++;
      } else if (json.startsWith("ud", at + 1)) {
        whole.append('\ufffd');
        at += 6;
      } else {
        whole.append(json, at, at + 2);
        at += 2;
      }
    }
    return whole.toString();
  }
}
