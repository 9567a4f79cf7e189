package dev.coffer.cli.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.cli.terminal.Session;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.compare.Row;
import dev.coffer.compare.RowValues;
import dev.coffer.inventory.BackupJson;
import dev.coffer.profile.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A comparison for programs: one object, written as it goes, however many rows it has. */
final class CompareJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final int CHECKED_EVERY = 256;

  private final Session session;
  private final Sides sides;
  private final Profile profile;
  private final ComparisonResult result;
  private final ChangeLog log;
  private int printed;

  CompareJson(
      Session session, Sides sides, Profile profile, ComparisonResult result, ChangeLog log) {
    this.session = session;
    this.sides = sides;
    this.profile = profile;
    this.result = result;
    this.log = log;
  }

  void print(boolean rows) throws IOException {
    try (JsonGenerator generator = MAPPER.createGenerator(session.out())) {
      generator.writeStartObject();
      generator.writePOJOProperty("success", true);
      generator.writePOJOProperty("summary", CompareText.summary(sides, profile, result));
      generator.writePOJOProperty("same", result.same());
      generator.writePOJOProperty("before", side(sides.before(), false));
      generator.writePOJOProperty("after", side(sides.after(), sides.live()));
      generator.writePOJOProperty("added", result.counts().added());
      generator.writePOJOProperty("removed", result.counts().removed());
      generator.writePOJOProperty("changed", result.counts().changed());
      generator.writeName("tables");
      generator.writeStartArray();
      for (TableResult table : result.tables()) {
        generator.writeStartObject();
        members(table).forEach(generator::writePOJOProperty);
        if (rows) {
          rows(generator, table);
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writePOJOProperty("oneSided", oneSided());
      generator.writePOJOProperty("structure", structure());
      generator.writePOJOProperty("notes", result.notes());
      generator.writeEndObject();
    }
    session.out().println();
  }

  private static Map<String, Object> side(OpenedBackup backup, boolean live) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("timestamp", BackupJson.stamp(backup.header().timestamp()));
    side.put("database", backup.header().source().database());
    side.put("live", live);
    if (!live) {
      side.put("path", backup.file().toAbsolutePath().normalize().toString());
    }
    return side;
  }

  private static Map<String, Object> members(TableResult table) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("table", table.pair().after().logicalName());
    members.put("rowsBefore", table.rowsBefore());
    members.put("rowsAfter", table.rowsAfter());
    members.put("added", table.counts().added());
    members.put("removed", table.counts().removed());
    members.put("changed", table.counts().changed());
    members.put("changedColumns", table.columns());
    members.put("sealedChanged", table.sealedChanged());
    members.put("sealedCompared", camelCase(table.secrets()));
    members.put("key", table.pair().key());
    members.put("chunks", table.chunks());
    members.put("skippedChunks", table.skippedChunks());
    List<Object> schema = new ArrayList<>();
    table
        .schema()
        .forEach(difference -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("kind", camelCase(difference.kind()));
          difference.column().ifPresent(column -> entry.put("column", column));
          entry.put("text", difference.text());
          schema.add(entry);
        });
    members.put("schema", schema);
    return members;
  }

  /** {@code BY_FINGERPRINT} as {@code byFingerprint}. */
  private static String camelCase(Enum<?> word) {
    StringBuilder text = new StringBuilder();
    for (String part : word.name().split("_", -1)) {
      String small = part.toLowerCase(Locale.ROOT);
      text.append(
          text.isEmpty()
              ? small
              : small.substring(0, 1).toUpperCase(Locale.ROOT) + small.substring(1));
    }
    return text.toString();
  }

  private List<Object> oneSided() {
    List<Object> tables = new ArrayList<>();
    result
        .oneSided()
        .forEach(table -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("table", table.logicalName());
          entry.put("side", camelCase(table.side()));
          entry.put("rows", table.rows());
          tables.add(entry);
        });
    return tables;
  }

  private List<Object> structure() {
    List<Object> differences = new ArrayList<>();
    result
        .structure()
        .forEach(difference -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("difference", camelCase(difference.difference()));
          entry.put("kind", difference.kind());
          entry.put("name", difference.name());
          differences.add(entry);
        });
    return differences;
  }

  private void rows(JsonGenerator generator, TableResult table) throws IOException {
    RowValues values = new RowValues(table.pair(), table.secrets());
    generator.writeName("rows");
    generator.writeStartArray();
    log.replay(
        table.pair(),
        change -> {
          if (++printed % CHECKED_EVERY == 0) {
            session.requireListening();
          }
          generator.writePOJO(row(values, change));
        });
    generator.writeEndArray();
  }

  private static Map<String, Object> row(RowValues values, Change change) {
    Map<String, Object> row = new LinkedHashMap<>();
    switch (change) {
      case Change.Added(Row after) -> {
        row.put("change", "added");
        row.put("key", name(values.name(after, Side.AFTER)));
      }
      case Change.Removed(Row before) -> {
        row.put("change", "removed");
        row.put("key", name(values.name(before, Side.BEFORE)));
      }
      case Change.Changed changed -> {
        row.put("change", "changed");
        row.put("key", name(values.name(changed.before(), Side.BEFORE)));
        RowValues.RowChange difference = values.change(changed);
        row.put("columns", difference.columns().stream().map(CompareJson::column).toList());
        row.put("sealedChanged", difference.sealed());
      }
    }
    return row;
  }

  private static Map<String, @Nullable Object> name(List<RowValues.Value> values) {
    Map<String, @Nullable Object> name = new LinkedHashMap<>();
    values.forEach(value -> name.put(value.column(), text(value)));
    return name;
  }

  private static Map<String, @Nullable Object> column(RowValues.ColumnChange change) {
    Map<String, @Nullable Object> column = new LinkedHashMap<>();
    column.put("column", change.before().column());
    if (change.before().sealed() || change.after().sealed()) {
      column.put("sealed", true);
    } else {
      column.put("from", text(change.before()));
      column.put("to", text(change.after()));
    }
    return column;
  }

  private static @Nullable String text(RowValues.Value value) {
    return value.sealed() ? "[ENCRYPTED]" : value.text().orElse(null);
  }
}
