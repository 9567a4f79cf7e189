package dev.coffer.portal.legacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what the portal's earlier systems wrote of a database: keys in camelCase, dates as
 * JavaScript prints them, decimals as strings, passwords masked, related rows copied into rows.
 */
final class LegacyPortal {
  static final Instant TAKEN = Instant.parse("2026-01-25T14:30:45.123Z");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put("users", "users");
    TABLES.put("sales", "sales");
    TABLES.put("appliances", "appliances");
    TABLES.put("fieldConfigurations", "field_configurations");
    TABLES.put("documentTemplates", "document_templates");
    TABLES.put("generatedDocuments", "generated_documents");
    TABLES.put("smsLogs", "sms_logs");
    TABLES.put("leadImportBatches", "\"LeadImportBatch\"");
    TABLES.put("leads", "\"Lead\"");
    TABLES.put("leadAppliances", "\"LeadAppliance\"");
    TABLES.put("leadDispositionHistory", "\"LeadDispositionHistory\"");
    TABLES.put("leadToSaleLinks", "\"LeadToSaleLink\"");
  }

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Connection database;

  LegacyPortal(Connection database) {
    this.database = database;
  }

  /** A comprehensive backup of version 3.0.0. */
  Map<String, Object> comprehensive() {
    Map<String, Object> tables = new LinkedHashMap<>();
    TABLES.forEach((name, table) -> tables.put(name, rows(table)));
    nest(tables, "appliances");
    nest(tables, "smsLogs");
    excerpts(tables);
    Map<String, Object> counts = new LinkedHashMap<>();
    tables.forEach((name, rows) -> counts.put(name, ((List<?>) rows).size()));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("totalRecords", counts.values().stream().mapToInt(count -> (Integer) count).sum());
    metadata.put("backupSize", "8.50MB");
    metadata.put("tables", counts);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("timestamp", TAKEN.toString());
    document.put("version", "3.0.0");
    document.put("backupType", "comprehensive");
    document.put("createdBy", "admin@portal.example");
    document.put("reason", "Before system update");
    document.put("tables", tables);
    document.put("metadata", metadata);
    return document;
  }

  /** A database backup: no nested rows, no reason. */
  Map<String, Object> database(String version) {
    Map<String, Object> tables = new LinkedHashMap<>();
    TABLES.forEach((name, table) -> tables.put(name, rows(table)));
    if (version.equals("2.1.0")) {
      tables.put("emailLogs", List.of());
      tables.put("communicationLogs", List.of());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("timestamp", TAKEN.toString());
    document.put("version", version);
    document.put("tables", tables);
    document.put("metadata", Map.of("backupType", "full"));
    return document;
  }

  /** A backup of sales alone. */
  Map<String, Object> sales() {
    Map<String, Object> tables = new LinkedHashMap<>();
    tables.put("sales", rows("sales"));
    tables.put("appliances", rows("appliances"));
    nest(tables, "appliances");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("timestamp", TAKEN.toString());
    document.put("version", "1.0");
    document.put("totalSales", ((List<?>) Objects.requireNonNull(tables.get("sales"))).size());
    document.put("totalSystemValue", 12345.67);
    document.putAll(tables);
    document.put("metadata", Map.of("backupReason", "Month end", "createdBy", "admin"));
    return document;
  }

  static Path write(Map<String, Object> document, Path file) {
    try {
      return Files.write(file, MAPPER.writeValueAsBytes(document));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> table(Map<String, Object> document, String name) {
    Map<String, Object> tables = (Map<String, Object>) document.getOrDefault("tables", document);
    return (List<Map<String, Object>>) Objects.requireNonNull(tables.get(name));
  }

  /** Copies rows of {@code from} into the sales that they belong to, as a list. */
  @SuppressWarnings("unchecked")
  private static void nest(Map<String, Object> tables, String from) {
    Map<Object, List<Object>> belonging = new LinkedHashMap<>();
    for (Map<String, Object> row : (List<Map<String, Object>>) tables.get(from)) {
      belonging
          .computeIfAbsent(row.get("saleId"), id -> new ArrayList<>())
          .add(new LinkedHashMap<>(row));
    }
    for (Map<String, Object> sale : (List<Map<String, Object>>) tables.get("sales")) {
      sale.put(from, belonging.getOrDefault(sale.get("id"), List.of()));
    }
  }

  /** Text messages carry a part of their sale, and sales one of their agent. */
  @SuppressWarnings("unchecked")
  private static void excerpts(Map<String, Object> tables) {
    for (Map<String, Object> row : (List<Map<String, Object>>) tables.get("smsLogs")) {
      row.put("sale", Map.of("customerFirstName", "Anna", "email", "anna@mail.example"));
    }
    for (Map<String, Object> row : (List<Map<String, Object>>) tables.get("sales")) {
      row.put("createdBy", Map.of("email", "agent@portal.example"));
    }
  }

  private List<Map<String, Object>> rows(String table) {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id DESC")) {
      List<Map<String, Object>> all = new ArrayList<>();
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(camelCase(columns.getColumnName(i)), value(rows, columns, i));
        }
        row.replace("password", "[ENCRYPTED]");
        all.add(row);
      }
      return all;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static @Nullable Object value(ResultSet rows, ResultSetMetaData columns, int column)
      throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return null;
    }
    return switch (columns.getColumnTypeName(column)) {
      case "timestamp" -> DATE.format(rows.getObject(column, LocalDateTime.class));
      case "timestamptz" ->
          DATE.format(LocalDateTime.ofInstant(((Timestamp) value).toInstant(), ZoneOffset.UTC));
      case "numeric" -> rows.getBigDecimal(column).stripTrailingZeros().toPlainString();
      case "float8" -> number(rows.getBigDecimal(column));
      case "jsonb" -> json(rows.getString(column));
      case "bool", "int4", "int8" -> value;
      default -> rows.getString(column);
    };
  }

  private static Object number(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() <= 0 ? stripped.toBigInteger() : stripped;
  }

  private static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }

  private static String camelCase(String column) {
    return Pattern.compile("(?<=[a-z])_([a-z])")
        .matcher(column)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
