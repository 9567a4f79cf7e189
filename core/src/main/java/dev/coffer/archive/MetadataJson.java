package dev.coffer.archive;

import dev.coffer.error.CofferException;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Finding;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The {@code metadata} object. */
final class MetadataJson {

  private MetadataJson() {}

  static byte[] write(BackupMetadata metadata) {
    return Json.write(json -> write(json, metadata));
  }

  private static void write(JsonGenerator json, BackupMetadata metadata) {
    json.writeStartObject();
    json.writeNumberProperty("totalRecords", metadata.totalRecords());
    json.writeStringProperty("backupSize", megabytes(metadata.jsonBytes()));
    json.writeNumberProperty("jsonBytes", metadata.jsonBytes());
    json.writeName("tables");
    Json.value(json, metadata.tables());
    json.writeName("communicationSummary");
    Json.value(json, metadata.communicationSummary());
    json.writeName("dataIntegrityHashes");
    Json.value(json, metadata.integrityHashes());
    Json.array(json, "relationships", metadata.relationships(), link -> relationship(json, link));
    validation(json, metadata);
    Json.array(json, "excluded", metadata.excluded(), left -> HeaderJson.notCaptured(json, left));
    Json.array(json, "sealedColumns", metadata.sealedColumns(), column -> sealed(json, column));
    metadata
        .totals()
        .ifPresent(totals -> {
          json.writeName("totals");
          Json.value(json, totals);
        });
    json.writeName("hashes");
    json.writeStartObject();
    json.writeName("header");
    json.writeStartObject();
    json.writeNumberProperty("bytes", metadata.headerBytes());
    json.writeStringProperty("sha256", metadata.headerSha256());
    json.writeEndObject();
    Json.array(json, "chunks", metadata.chunks(), chunk -> chunk(json, chunk));
    metadata.indexSha256().ifPresent(sha256 -> json.writeStringProperty("index", sha256));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** A size as the portal shows it, in units of 2²⁰ bytes. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2fMB", bytes / (double) (1 << 20));
  }

  private static void relationship(JsonGenerator json, BackupMetadata.Relationship link) {
    json.writeStringProperty("from", link.from());
    Json.strings(json, "columns", link.columns());
    json.writeStringProperty("to", link.to());
    Json.strings(json, "targetColumns", link.targetColumns());
    json.writeStringProperty("onDelete", link.onDelete());
  }

  private static void validation(JsonGenerator json, BackupMetadata metadata) {
    json.writeName("validation");
    json.writeStartObject();
    long rows = metadata.flagged().stream().mapToLong(BackupInfo.FlaggedRows::rows).sum();
    json.writeNumberProperty("flaggedRows", rows);
    Json.array(json, "rules", metadata.flagged(), flagged -> flagged(json, flagged));
    json.writeEndObject();
  }

  private static void flagged(JsonGenerator json, BackupInfo.FlaggedRows flagged) {
    json.writeStringProperty("rule", flagged.rule());
    json.writeStringProperty("table", flagged.table());
    json.writeStringProperty("column", flagged.column());
    json.writeNumberProperty("rows", flagged.rows());
    Json.strings(json, "ids", flagged.ids());
  }

  private static void sealed(JsonGenerator json, BackupInfo.SealedColumn column) {
    json.writeStringProperty("table", column.table());
    json.writeStringProperty("column", column.column());
    json.writeStringProperty("reason", column.reason());
  }

  private static void chunk(JsonGenerator json, ChunkEntry chunk) {
    json.writeStringProperty(chunk.sealed() ? "sealed" : "table", chunk.table());
    json.writeNumberProperty("at", chunk.at());
    json.writeNumberProperty("bytes", chunk.bytes());
    json.writeNumberProperty("rows", chunk.rows());
    json.writeStringProperty("sha256", chunk.sha256());
  }

  /** The finding that a failure of {@link #read} is. */
  static Finding.Code code(CofferException unreadable) {
    return unreadable.fact().endsWith(Json.TWICE)
        ? Finding.Code.DUPLICATE_KEY
        : Finding.Code.METADATA_DAMAGED;
  }

  static BackupMetadata read(byte[] text) {
    JsonNode root = Json.read(text, "the metadata");
    return Json.members("the metadata", () -> read(root));
  }

  private static BackupMetadata read(JsonNode root) {
    Json.require(
        root, "the metadata", "totalRecords", "jsonBytes", "tables", "dataIntegrityHashes");
    Json.require(root, "the metadata", "hashes", "validation");
    JsonNode header = root.path("hashes").path("header");
    Json.require(header, "the header's hash", "bytes", "sha256");
    return new BackupMetadata(
        root.get("totalRecords").asLong(),
        root.get("jsonBytes").asLong(),
        members(root.get("tables"), JsonNode::asLong),
        Json.map(root.path("communicationSummary")),
        members(root.get("dataIntegrityHashes"), JsonNode::asString),
        Json.list(root.path("relationships"), MetadataJson::relationship),
        Json.list(root.path("validation").path("rules"), MetadataJson::flagged),
        Json.list(root.path("excluded"), HeaderJson::notCaptured),
        Json.list(root.path("sealedColumns"), MetadataJson::sealed),
        Optional.ofNullable(root.get("totals")).map(Json::map),
        header.get("bytes").asLong(),
        header.get("sha256").asString(),
        Json.list(root.path("hashes").path("chunks"), MetadataJson::chunk),
        Optional.ofNullable(root.get("hashes").get("index")).map(JsonNode::asString));
  }

  private static <T> Map<String, T> members(JsonNode node, Function<JsonNode, T> value) {
    Map<String, T> members = new LinkedHashMap<>();
    node.properties()
        .forEach(member -> members.put(member.getKey(), value.apply(member.getValue())));
    return members;
  }

  private static BackupMetadata.Relationship relationship(JsonNode node) {
    return new BackupMetadata.Relationship(
        node.path("from").asString(""),
        Json.strings(node.path("columns")),
        node.path("to").asString(""),
        Json.strings(node.path("targetColumns")),
        node.path("onDelete").asString(""));
  }

  private static BackupInfo.FlaggedRows flagged(JsonNode node) {
    return new BackupInfo.FlaggedRows(
        node.path("rule").asString(""),
        node.path("table").asString(""),
        node.path("column").asString(""),
        node.path("rows").asLong(0),
        Json.strings(node.path("ids")));
  }

  private static BackupInfo.SealedColumn sealed(JsonNode node) {
    return new BackupInfo.SealedColumn(
        node.path("table").asString(""),
        node.path("column").asString(""),
        node.path("reason").asString(""));
  }

  private static ChunkEntry chunk(JsonNode node) {
    boolean sealed = node.has("sealed");
    Json.require(node, "a chunk", sealed ? "sealed" : "table", "at", "bytes", "rows", "sha256");
    return new ChunkEntry(
        node.get(sealed ? "sealed" : "table").asString(),
        sealed,
        node.get("at").asLong(),
        node.get("bytes").asLong(),
        node.get("rows").asLong(),
        node.get("sha256").asString());
  }
}
