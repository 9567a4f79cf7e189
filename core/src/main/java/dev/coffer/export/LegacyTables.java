package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.CopyText;
import dev.coffer.json.JsonStrings;
import dev.coffer.loading.Comments;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.json.JsonMapper;

/** The rows of legacy backups in each format. */
final class LegacyTables {
  private static final String HIDDEN = "[ENCRYPTED]";

  private LegacyTables() {}

  static void json(List<LegacyTable> tables, Output output) {
    output.put("{\n");
    String before = "";
    for (LegacyTable table : tables) {
      output.put(before + JsonStrings.quote(table.name()) + ":[");
      String[] between = {"\n"};
      table.rows(row -> {
        StringJoiner members = new StringJoiner(",", "{", "}");
        row.forEach((key, value) -> members.add(JsonStrings.quote(key) + ":" + value));
        output.put(between[0] + members);
        between[0] = ",\n";
      });
      output.put("\n]");
      before = ",\n";
    }
    output.put("\n}\n");
  }

  static void csv(List<LegacyTable> tables, Outputs outputs) {
    for (LegacyTable table : tables) {
      Output output = outputs.open(table.name());
      List<String> columns = table.columns();
      CsvLine line = new CsvLine(columns.size());
      line.header(columns, output.text());
      table.rows(row -> {
        for (int i = 0; i < columns.size(); i++) {
          Optional<String> value = plain(row, columns.get(i));
          ByteSink field = line.field();
          value.ifPresent(text -> field.put(text.getBytes(StandardCharsets.UTF_8)));
          line.end(i, value.isEmpty(), output.text());
        }
        output.put("\n");
      });
    }
  }

  static void sql(List<LegacyTable> tables, Output output) {
    PREAMBLE.forEach(line -> output.put(Comments.line(line)));
    output.put(SETTINGS);
    for (LegacyTable table : tables) {
      List<String> columns = table.columns();
      if (columns.isEmpty()) {
        table.rows(row -> {});
        output.put("\n" + Comments.line("ROWS " + table.name() + ": none"));
        continue;
      }
      output.put("\n" + CopyBlock.begin(Identifiers.quote(table.name()), columns));
      StandIn standIn = StandIn.text();
      table.rows(row -> {
        for (int i = 0; i < columns.size(); i++) {
          output.put(i == 0 ? "" : "\t");
          field(plain(row, columns.get(i)), standIn, output.text());
        }
        output.put("\n");
      });
      output.put("\\.\n");
    }
  }

  private static void field(Optional<String> value, StandIn standIn, ByteSink text) {
    if (value.isEmpty()) {
      text.put("\\N");
    } else if (value.get().equals(HIDDEN)) {
      text.put(standIn.copyText());
    } else {
      CopyText.encode(value.get(), text);
    }
  }

  /** The value's text; empty for null, and where the row lacks it. */
  private static Optional<String> plain(Map<String, String> row, String column) {
    String json = row.getOrDefault(column, "null");
    if (json.equals("null")) {
      return Optional.empty();
    }
    return Optional.of(
        json.startsWith("\"") ? JsonMapper.shared().readValue(json, String.class) : json);
  }

  private static final List<String> PREAMBLE =
      List.of(
          "ROWS ALONE, FROM A BACKUP OF AN EARLIER SYSTEM, WHICH HOLDS NO SCHEMA.",
          "",
          "Tables and columns have the names that the backup gives them, which may differ from",
          "those in a database (orderItems, not order_items): rename them before loading. Create the",
          "tables first. Parents may come after their children: load without foreign keys.",
          "Where the backup says [ENCRYPTED], the real value was never in it: an unusable random",
          "text beginning with !sealed: stands in its place. Give these users new passwords.");

  private static final String SETTINGS =
      """

      \\set ON_ERROR_STOP on
      SET client_encoding = 'UTF8';
      SET DateStyle = ISO;
      SET TimeZone = 'UTC';
      """;
}
