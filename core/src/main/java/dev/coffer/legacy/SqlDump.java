package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks a plain dump of {@code pg_dump}: the rows of its COPY blocks (PostgreSQL manual, "COPY",
 * "Text Format"), or the number of its INSERT statements. A dump that pg_dump began and did not
 * finish is cut short.
 */
final class SqlDump {
  private static final String BEGIN = "-- PostgreSQL database dump";
  private static final String COMPLETE = "-- PostgreSQL database dump complete";
  private static final String PART = "((?:\"(?:[^\"]|\"\")+\")|[^\".\\s(]+)";
  private static final Pattern COPY =
      Pattern.compile("COPY (?:" + PART + "\\.)?" + PART + " \\((.*)\\) FROM stdin;");
  private static final Pattern INSERT =
      Pattern.compile("INSERT INTO (?:" + PART + "\\.)?" + PART + " .*");

  private final SqlLines lines;
  private final LegacyVisitor visitor;
  private final Map<String, Long> inserted = new LinkedHashMap<>();
  private boolean begun;
  private boolean copied;
  private boolean complete;

  SqlDump(InputStream source, LegacyVisitor visitor) {
    this.lines = new SqlLines(source, LegacyRow.MOST_CHARACTERS);
    this.visitor = visitor;
  }

  void read() throws IOException {
    while (lines.next()) {
      String line = lines.text(4096);
      begun |= line.equals(BEGIN);
      complete |= line.equals(COMPLETE);
      Matcher copy = COPY.matcher(line);
      Matcher insert = INSERT.matcher(line);
      if (copy.matches()) {
        copied = true;
        readCopy(name(copy.group(1), copy.group(2)), columns(copy.group(3)));
      } else if (insert.matches()) {
        // Several rows to a statement would have to be parsed: then the count is not known.
        boolean one = !line.endsWith(" VALUES");
        inserted.merge(
            name(insert.group(1), insert.group(2)), one ? 1L : Long.MIN_VALUE / 2, Long::sum);
      }
    }
    if (!begun && !copied && inserted.isEmpty()) {
      throw damage(Finding.Code.NOT_A_BACKUP, "The file is no SQL dump: it does not begin as one");
    }
    for (Map.Entry<String, Long> table : inserted.entrySet()) {
      visitor.begin(table.getKey());
      visitor.end(table.getKey(), Math.max(-1, table.getValue()));
    }
    if (begun && !complete) {
      throw damage(Finding.Code.CUT_SHORT, "The dump is cut short: its closing line is missing");
    }
  }

  private void readCopy(String table, List<String> columns) throws IOException {
    boolean wanted = visitor.begin(table);
    long rows = 0;
    while (lines.next()) {
      if (lines.is("\\.")) {
        visitor.end(table, rows);
        return;
      }
      rows++;
      if (wanted) {
        if (lines.truncated()) {
          throw damage(Finding.Code.ROW_DAMAGED, "A row of table " + table + " is too large");
        }
        visitor.row(table, row(table, columns, lines.text(Integer.MAX_VALUE)));
      }
    }
    throw damage(Finding.Code.CUT_SHORT, "The dump is cut short within table " + table);
  }

  private LegacyRow row(String table, List<String> columns, String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != columns.size()) {
      throw damage(
          Finding.Code.ROW_DAMAGED, "A row of table " + table + " has another number of columns");
    }
    List<LegacyRow.Member> members = new ArrayList<>();
    for (int at = 0; at < fields.length; at++) {
      StringBuilder text = new StringBuilder();
      if (fields[at].equals("\\N")) {
        text.append("null");
      } else {
        JsonText.quote(text, unescape(fields[at]));
      }
      members.add(new LegacyRow.Member(columns.get(at), text.toString(), false));
    }
    return new LegacyRow(members);
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int at = 0; at < field.length(); at++) {
      char unit = field.charAt(at);
      if (unit == '\\' && at + 1 < field.length()) {
        char escaped = field.charAt(++at);
        text.append(
            switch (escaped) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'v' -> '\u000b';
              default -> escaped;
            });
      } else {
        text.append(unit);
      }
    }
    return text.toString();
  }

  private static List<String> columns(String list) {
    List<String> columns = new ArrayList<>();
    Matcher part = Pattern.compile("(?:\"((?:[^\"]|\"\")+)\"|([^\",]+))(?:, )?").matcher(list);
    while (part.find()) {
      String quoted = part.group(1);
      columns.add(quoted == null ? part.group(2) : quoted.replace("\"\"", "\""));
    }
    return columns;
  }

  private static String name(@Nullable String schema, String table) {
    String name = unquote(table);
    return schema == null || unquote(schema).equals("public") ? name : unquote(schema) + "." + name;
  }

  private static String unquote(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part;
  }

  private LegacyDamage damage(Finding.Code code, String meaning) {
    return new LegacyDamage(code, "byte " + lines.offset() + ", line " + lines.number(), meaning);
  }
}
