package dev.coffer.archive;

import dev.coffer.model.Column;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The header's {@code schema} object. */
final class SchemaJson {

  private SchemaJson() {}

  static void write(JsonGenerator json, DatabaseSchema schema) {
    json.writeStartObject();
    Json.array(json, "tables", schema.tables(), table -> table(json, table));
    Json.array(json, "relationships", schema.foreignKeys(), key -> foreignKey(json, key));
    Json.array(json, "sequences", schema.sequences(), sequence -> sequence(json, sequence));
    Json.array(json, "statements", schema.statements(), statement -> statement(json, statement));
    Json.array(
        json, "notCaptured", schema.notCaptured(), left -> HeaderJson.notCaptured(json, left));
    json.writeEndObject();
  }

  static DatabaseSchema read(JsonNode node) {
    Json.require(
        node, "schema", "tables", "relationships", "sequences", "statements", "notCaptured");
    try {
      List<Table> tables = Json.list(node.get("tables"), SchemaJson::table);
      refuseTwins(tables.stream().map(Table::logicalName), "the list of tables");
      return new DatabaseSchema(
          tables,
          Json.list(node.get("relationships"), SchemaJson::foreignKey),
          Json.list(node.get("sequences"), SchemaJson::sequence),
          Json.list(node.get("statements"), SchemaJson::statement),
          Json.list(node.get("notCaptured"), HeaderJson::notCaptured));
    } catch (IllegalArgumentException e) {
      throw Json.damaged("the schema has a word that this version does not know");
    }
  }

  private static void table(JsonGenerator json, Table table) {
    json.writeStringProperty("name", table.logicalName());
    json.writeStringProperty("schema", table.name().schema());
    json.writeStringProperty("table", table.name().name());
    json.writeStringProperty("kind", table.kind().name());
    Json.array(json, "columns", table.columns(), column -> column(json, column));
    Json.strings(json, "primaryKey", table.primaryKey());
    json.writeName("uniqueKeys");
    Json.value(json, table.uniqueKeys());
    if (!table.fingerprintKey().isEmpty()) {
      json.writeStringProperty("fingerprint", table.fingerprintKey());
    }
    if (!table.ancestors().isEmpty()) {
      json.writeName("partitionOf");
      Json.value(json, table.ancestors().stream().map(SchemaJson::pair).toList());
    }
  }

  private static Table table(JsonNode node) {
    Json.require(
        node, "a table", "name", "schema", "table", "kind", "columns", "primaryKey", "uniqueKeys");
    List<Column> columns = Json.list(node.get("columns"), SchemaJson::column);
    String fingerprint = node.path("fingerprint").asString("");
    refuseTwins(
        Stream.concat(
            columns.stream().map(Column::key),
            Stream.of(fingerprint).filter(key -> !key.isEmpty())),
        "a table in the schema");
    return new Table(
        new QualifiedName(node.get("schema").asString(), node.get("table").asString()),
        node.get("name").asString(),
        Table.Kind.valueOf(node.get("kind").asString()),
        columns,
        Json.strings(node.get("primaryKey")),
        Json.list(node.get("uniqueKeys"), Json::strings),
        fingerprint,
        Json.list(node.path("partitionOf"), SchemaJson::qualified));
  }

  private static void refuseTwins(Stream<String> names, String what) {
    Set<String> known = new HashSet<>();
    if (!names.allMatch(known::add)) {
      throw Json.damaged(what + Json.TWICE);
    }
  }

  private static void column(JsonGenerator json, Column column) {
    json.writeStringProperty("name", column.name());
    if (!column.key().equals(column.name())) {
      json.writeStringProperty("key", column.key());
    }
    json.writeStringProperty("type", column.type());
    json.writeStringProperty("kind", column.kind().name());
    if (column.notNull()) {
      json.writeBooleanProperty("notNull", true);
    }
    if (column.sealed()) {
      json.writeBooleanProperty("sealed", true);
    }
    if (column.generation() != Column.Generation.NONE) {
      json.writeStringProperty("generation", column.generation().name());
    }
  }

  private static Column column(JsonNode node) {
    Json.require(node, "a column", "name", "type", "kind");
    String name = node.get("name").asString();
    return new Column(
        name,
        node.path("key").asString(name),
        node.get("type").asString(),
        ValueKind.valueOf(node.get("kind").asString()),
        node.path("notNull").asBoolean(false),
        node.path("sealed").asBoolean(false),
        Column.Generation.valueOf(node.path("generation").asString("NONE")));
  }

  private static void foreignKey(JsonGenerator json, ForeignKey key) {
    json.writeStringProperty("name", key.name());
    Json.strings(json, "from", pair(key.from()));
    Json.strings(json, "columns", key.columns());
    Json.strings(json, "to", pair(key.to()));
    Json.strings(json, "targetColumns", key.targetColumns());
    json.writeStringProperty("onDelete", key.onDelete());
    json.writeBooleanProperty("deferrable", key.deferrable());
    json.writeBooleanProperty("validated", key.validated());
  }

  private static ForeignKey foreignKey(JsonNode node) {
    Json.require(node, "a relationship", "name", "from", "columns", "to", "targetColumns");
    return new ForeignKey(
        node.get("name").asString(),
        qualified(node.get("from")),
        Json.strings(node.get("columns")),
        qualified(node.get("to")),
        Json.strings(node.get("targetColumns")),
        node.path("onDelete").asString("NO ACTION"),
        node.path("deferrable").asBoolean(false),
        node.path("validated").asBoolean(true));
  }

  private static List<String> pair(QualifiedName name) {
    return List.of(name.schema(), name.name());
  }

  private static QualifiedName qualified(JsonNode pair) {
    return new QualifiedName(pair.path(0).asString(""), pair.path(1).asString(""));
  }

  private static void sequence(JsonGenerator json, SequenceState sequence) {
    json.writeStringProperty("schema", sequence.name().schema());
    json.writeStringProperty("sequence", sequence.name().name());
    json.writeNumberProperty("lastValue", sequence.lastValue());
    json.writeBooleanProperty("called", sequence.called());
  }

  private static SequenceState sequence(JsonNode node) {
    Json.require(node, "a sequence", "schema", "sequence", "lastValue", "called");
    return new SequenceState(
        new QualifiedName(node.get("schema").asString(), node.get("sequence").asString()),
        node.get("lastValue").asLong(),
        node.get("called").asBoolean());
  }

  private static void statement(JsonGenerator json, SchemaStatement statement) {
    json.writeStringProperty("section", statement.section().name());
    json.writeStringProperty("kind", statement.kind());
    json.writeStringProperty("name", statement.name());
    json.writeStringProperty("sql", statement.sql());
  }

  private static SchemaStatement statement(JsonNode node) {
    Json.require(node, "a statement", "section", "kind", "name", "sql");
    return new SchemaStatement(
        SchemaStatement.Section.valueOf(node.get("section").asString()),
        node.get("kind").asString(),
        node.get("name").asString(),
        node.get("sql").asString());
  }
}
