package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupKind;
import dev.coffer.model.DatabaseOrigin;
import dev.coffer.model.NotCaptured;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The header: everything before the first table. */
final class HeaderJson {
  /** Always three digits of milliseconds. */
  static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(java.util.Locale.ROOT);

  private HeaderJson() {}

  static byte[] write(BackupHeader header) {
    ByteSink text = new ByteSink(1 << 16);
    text.put("{\n");
    member(text, "timestamp", INSTANT.format(header.timestamp()));
    member(text, "version", Layout.VERSION);
    member(text, "backupType", header.kind().word());
    member(text, "createdBy", header.createdBy());
    member(text, "reason", header.reason());
    text.put("\"source\":");
    text.put(Json.write(json -> source(json, header.source())));
    text.put(",\n");
    header
        .sealing()
        .ifPresent(sealing -> {
          text.put("\"sealing\":");
          text.put(Json.write(json -> sealing(json, sealing)));
          text.put(",\n");
        });
    text.put("\"schema\":");
    text.put(Json.write(json -> SchemaJson.write(json, header.schema())));
    text.put(",\n" + Layout.BEGIN_TABLES);
    return text.toByteArray();
  }

  private static void member(ByteSink text, String name, String value) {
    text.put("\"" + name + "\":" + Json.text(json -> json.writeString(value)) + ",\n");
  }

  private static void source(JsonGenerator json, BackupHeader.Source source) {
    json.writeStartObject();
    json.writeStringProperty("server", source.server());
    json.writeNumberProperty("serverVersion", source.serverVersion());
    json.writeStringProperty("database", source.database());
    json.writeStringProperty("encoding", source.encoding());
    json.writeStringProperty("snapshot", source.snapshot());
    json.writeStringProperty("coffer", source.coffer());
    json.writeStringProperty("profile", source.profile());
    json.writeBooleanProperty("standby", source.standby());
    source
        .origin()
        .ifPresent(origin -> {
          json.writeStringProperty("systemIdentifier", origin.systemIdentifier());
          json.writeNumberProperty("databaseOid", origin.databaseOid());
        });
    json.writeEndObject();
  }

  private static void sealing(JsonGenerator json, BackupHeader.Sealing sealing) {
    json.writeStartObject();
    Json.strings(json, "recipients", sealing.recipients());
    json.writeStringProperty("key", sealing.key());
    json.writeStringProperty("wrappedIdentity", sealing.wrappedIdentity());
    json.writeEndObject();
  }

  /**
   * @param text a header as {@link #write} makes it
   * @throws CofferException {@code NOT_A_BACKUP}, {@code BACKUP_TOO_NEW} or {@code BACKUP_DAMAGED}
   */
  static BackupHeader read(byte[] text) {
    String end = Layout.BEGIN_TABLES;
    String all = new String(text, StandardCharsets.UTF_8);
    if (!all.startsWith(Layout.BEGIN)) {
      throw notABackup();
    }
    refuseNewer(all);
    if (!all.endsWith(",\n" + end)) {
      throw Json.damaged("the header does not end where the tables begin");
    }
    String object = all.substring(0, all.length() - end.length() - 2) + "}";
    JsonNode root = Json.read(object.getBytes(StandardCharsets.UTF_8), "the header");
    return Json.members("the header", () -> read(root));
  }

  private static BackupHeader read(JsonNode root) {
    Json.require(
        root, "the header", "timestamp", "version", "backupType", "createdBy", "reason", "source");
    Json.require(root, "the header", "schema");
    String kind = root.get("backupType").asString();
    return new BackupHeader(
        instant(root.get("timestamp").asString()),
        BackupKind.of(kind).orElseThrow(() -> Json.damaged("the kind of backup is unknown")),
        root.get("createdBy").asString(),
        root.get("reason").asString(),
        source(root.get("source")),
        Optional.ofNullable(root.get("sealing")).map(HeaderJson::sealing),
        SchemaJson.read(root.get("schema")),
        root.get("version").asString());
  }

  static CofferException notABackup() {
    return new CofferException(
        ErrorCode.NOT_A_BACKUP,
        "the file does not begin as a Coffer backup does",
        "Name a file that coffer list shows.");
  }

  private static void refuseNewer(String header) {
    String mark = "\n\"version\":\"";
    int at = header.indexOf(mark);
    int dot = header.indexOf('.', Math.max(at, 0));
    if (at < 0 || dot < 0 || dot > at + mark.length() + 4) {
      throw Json.damaged("the header has no version");
    }
    String version = header.substring(at + mark.length(), dot);
    if (!version.chars().allMatch(c -> c >= '0' && c <= '9') || version.isEmpty()) {
      throw Json.damaged("the header has no version");
    }
    if (Integer.parseInt(version) < Layout.MAJOR_VERSION) {
      throw Json.damaged("the header's version is older than this form of document");
    }
    if (Integer.parseInt(version) > Layout.MAJOR_VERSION) {
      throw new CofferException(
          ErrorCode.BACKUP_TOO_NEW,
          "the backup has format version "
              + version
              + ", this program reads up to "
              + Layout.VERSION,
          "Use a newer version of Coffer.");
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Json.damaged("the header's timestamp is not an instant");
    }
  }

  private static BackupHeader.Source source(JsonNode node) {
    Json.require(node, "source", "server", "serverVersion", "database", "profile");
    return new BackupHeader.Source(
        node.get("server").asString(),
        node.get("serverVersion").asInt(),
        node.get("database").asString(),
        node.path("encoding").asString("UTF8"),
        node.path("snapshot").asString(""),
        node.path("coffer").asString(""),
        node.get("profile").asString(),
        node.path("standby").asBoolean(false),
        origin(node));
  }

  private static Optional<DatabaseOrigin> origin(JsonNode node) {
    JsonNode identifier = node.path("systemIdentifier");
    return identifier.isString()
        ? Optional.of(new DatabaseOrigin(identifier.asString(), node.path("databaseOid").asLong(0)))
        : Optional.empty();
  }

  private static BackupHeader.Sealing sealing(JsonNode node) {
    Json.require(node, "sealing", "recipients", "key", "wrappedIdentity");
    return new BackupHeader.Sealing(
        Json.strings(node.get("recipients")),
        node.get("key").asString(),
        node.get("wrappedIdentity").asString());
  }

  static void notCaptured(JsonGenerator json, NotCaptured left) {
    json.writeStringProperty("kind", left.kind());
    json.writeStringProperty("name", left.name());
    json.writeStringProperty("reason", left.reason());
  }

  static NotCaptured notCaptured(JsonNode node) {
    return new NotCaptured(
        node.path("kind").asString(""),
        node.path("name").asString(""),
        node.path("reason").asString(""));
  }
}
