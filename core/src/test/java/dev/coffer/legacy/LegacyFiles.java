package dev.coffer.legacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes files as the portal's earlier systems wrote them, from synthetic rows. Its JSON and its
 * hash are written anew here, so that the code under test is compared with something else.
 */
final class LegacyFiles {
  static final String STAMP = "2026-01-25T14-30-45-123Z";
  static final String TIMESTAMP = "2026-01-25T14:30:45.123Z";

  private LegacyFiles() {}

  /** An object with these names and values, in order. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      object.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return object;
  }

  /** Stands for null in a row. */
  record Nothing() {}

  static final Nothing NULL = new Nothing();

  static List<Map<String, Object>> users(int count) {
    List<Map<String, Object>> users = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      users.add(
          object(
              "id",
              id("u", at),
              "email",
              "agent" + at + "@portal.example",
              "password",
              "[ENCRYPTED]",
              "role",
              at == 0 ? "ADMIN" : "AGENT",
              "createdAt",
              TIMESTAMP));
    }
    return users;
  }

  static List<Map<String, Object>> sales(int count) {
    String[] notes = {
      "Says \"call\nafter six\"",
      "Zo\u00eb O\u2019Neil \\ \ud83d\ude00",
      "\u0001\t",
      "",
      "\ud83d alone"
    };
    List<Map<String, Object>> sales = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      Map<String, Object> appliance =
          object("id", id("a", at), "saleId", id("s", at), "cost", 4.99, "coverLimit", 500);
      sales.add(
          object(
              "id",
              id("s", at),
              "customerFirstName",
              "Renée",
              "notes",
              at % 7 == 6 ? NULL : notes[at % notes.length],
              "totalPlanCost",
              at % 2 == 0 ? (Object) 19.99 : (Object) (20 + at),
              "boilerCoverSelected",
              at % 2 == 0,
              "createdById",
              id("u", 0),
              "createdBy",
              object("email", "agent0@portal.example"),
              "metadata",
              object("channel", "phone", "tags", List.of("new", "vip")),
              "appliances",
              new ArrayList<>(List.of(appliance)),
              "smsLogs",
              new ArrayList<>()));
    }
    return sales;
  }

  static List<Map<String, Object>> smsLogs(int count) {
    List<Map<String, Object>> logs = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      logs.add(
          object(
              "id", id("m", at),
              "saleId", id("s", at),
              "smsStatus", "SENT",
              "sale", object("customerFirstName", "Renée", "email", "r@mail.example")));
    }
    return logs;
  }

  /** The structure of version 3.0.0; rows in random order, hashes over them in order of ids. */
  static Map<String, Object> comprehensive(int rows) {
    Map<String, Object> tables =
        object(
            "users", shuffled(users(3)),
            "sales", shuffled(sales(rows)),
            "smsLogs", shuffled(smsLogs(rows)),
            "leads", new ArrayList<>());
    return object(
        "timestamp", TIMESTAMP,
        "version", "3.0.0",
        "backupType", "comprehensive",
        "createdBy", "admin@portal.example",
        "reason", "Before \"update\"",
        "tables", tables,
        "metadata",
            object(
                "totalRecords", 3 + 2 * rows,
                "backupSize", "8.50MB",
                "tables", counts(tables),
                "communicationSummary",
                    object("totalSMS", rows, "smsSuccessRate", 94.2, "documentsGenerated", 0),
                "dataIntegrityHashes",
                    object(
                        "users", printed(hash(sorted(tables, "users"))),
                        "sales", printed(hash(sorted(tables, "sales"))),
                        "smsLogs", printed(hash(columnsOnly(sorted(tables, "smsLogs")))))));
  }

  static Map<String, Object> database(String version) {
    Map<String, Object> tables = object("users", users(2), "sales", columnsOnly(sales(4)));
    if (version.equals("2.1.0")) {
      tables.put("emailLogs", new ArrayList<>());
      tables.put("communicationLogs", new ArrayList<>());
    }
    return object(
        "timestamp", TIMESTAMP,
        "version", version,
        "tables", tables,
        "metadata",
            object("totalRecords", 6, "recordCounts", counts(tables), "backupType", "full"));
  }

  static Map<String, Object> salesOnly() {
    List<Map<String, Object>> sales = sales(5);
    List<Object> appliances = new ArrayList<>();
    sales.forEach(sale -> appliances.addAll((List<?>) sale.get("appliances")));
    return object(
        "timestamp",
        TIMESTAMP,
        "version",
        "1.0",
        "totalSales",
        5,
        "totalSystemValue",
        12345.67,
        "sales",
        sales,
        "appliances",
        appliances,
        "metadata",
        object(
            "backupReason", "Month end",
            "createdBy", "admin@portal.example",
            "systemStats",
                object(
                    "averagePerCustomer", 19.5,
                    "customersWithBoilers", 3,
                    "totalAppliances", 5)));
  }

  static Map<String, Long> counts(Map<String, Object> tables) {
    Map<String, Long> counts = new LinkedHashMap<>();
    tables.forEach((name, rows) -> counts.put(name, (long) ((List<?>) rows).size()));
    return counts;
  }

  static List<Map<String, Object>> columnsOnly(List<Map<String, Object>> rows) {
    List<String> relations = List.of("appliances", "smsLogs", "sale", "createdBy");
    return new ArrayList<>(
        rows.stream()
            .map(row -> {
              Map<String, Object> columns = new LinkedHashMap<>(row);
              columns.keySet().removeAll(relations);
              return columns;
            })
            .toList());
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> sorted(Map<String, Object> tables, String table) {
    List<Map<String, Object>> rows = new ArrayList<>((List<Map<String, Object>>) tables.get(table));
    rows.sort(Comparator.comparing(row -> (String) row.get("id")));
    return rows;
  }

  private static List<Map<String, Object>> shuffled(List<Map<String, Object>> rows) {
    java.util.Collections.shuffle(rows, new Random(rows.size()));
    return rows;
  }

  private static String id(String prefix, int number) {
    return "cm0" + prefix + String.format(java.util.Locale.ROOT, "%020d", number);
  }

  /** The portal's hash of rows, by arithmetic on whole numbers. */
  static int hash(Object rows) {
    return hashOfText(json(rows, ""));
  }

  static int hashOfText(String text) {
    BigInteger hash = BigInteger.ZERO;
    for (int at = 0; at < text.length(); at++) {
      hash = hash.multiply(BigInteger.valueOf(31)).add(BigInteger.valueOf(text.charAt(at)));
      hash = hash.mod(BigInteger.TWO.pow(32));
    }
    return hash.intValue();
  }

  static String printed(int hash) {
    return BigInteger.valueOf(hash).toString(36);
  }

  /** JSON as {@code JSON.stringify} writes it; {@code indent} is empty or {@code " "}. */
  static String json(Object value, String indent) {
    StringBuilder text = new StringBuilder();
    write(text, value, indent, "\n");
    return text.toString();
  }

  private static void write(StringBuilder text, Object value, String indent, String lineBreak) {
    String inner = lineBreak + indent;
    if (value instanceof Map<?, ?> map) {
      String before = "{";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        text.append(before).append(indent.isEmpty() ? "" : inner);
        string(text, (String) member.getKey());
        text.append(indent.isEmpty() ? ":" : ": ");
        write(text, member.getValue(), indent, inner);
        before = ",";
      }
      text.append(map.isEmpty() ? "{" : indent.isEmpty() ? "" : lineBreak).append("}");
    } else if (value instanceof List<?> list) {
      String before = "[";
      for (Object member : list) {
        text.append(before).append(indent.isEmpty() ? "" : inner);
        write(text, member, indent, inner);
        before = ",";
      }
      text.append(list.isEmpty() ? "[" : indent.isEmpty() ? "" : lineBreak).append("]");
    } else if (value instanceof String string) {
      string(text, string);
    } else {
      text.append(value instanceof Nothing ? "null" : value.toString());
    }
  }

  private static void string(StringBuilder text, String value) {
    text.append('"');
    value
        .codePoints()
        .forEach(point -> {
          int at = "\"\\\b\f\n\r\t".indexOf(point);
          if (at >= 0) {
            text.append('\\').append("\"\\bfnrt".charAt(at));
          } else if (point < 32 || (point >= 0xd800 && point < 0xe000)) {
            text.append("\\u").append(java.util.HexFormat.of().toHexDigits((char) point));
          } else {
            text.appendCodePoint(point);
          }
        });
    text.append('"');
  }

  static final String SQL =
      String.join(
          "\n",
          Arrays.asList(
              "--",
              "-- PostgreSQL database dump",
              "--",
              "SET standard_conforming_strings = on;",
              "CREATE TABLE public.users (id text NOT NULL);",
              "COPY public.users (id, email, \"createdAt\") FROM stdin;",
              "cm0u1\tagent@portal.example\t2026-01-25 14:30:45.123",
              "cm0u2\t\\N\t2026-01-25",
              "\\.",
              "",
              "COPY public.\"Lead\" (id, notes, \"odd\"\"name\") FROM stdin;",
              "1\tline\\none\\ttab\\\\back\t\\\\N",
              "\\.",
              "",
              "COPY other.\"Sale.Link\" (id) FROM stdin;",
              "\\.",
              "INSERT INTO public.settings VALUES (1, 'a');",
              "INSERT INTO public.settings VALUES (2, 'b');",
              "--",
              "-- PostgreSQL database dump complete",
              "--",
              ""));
}
