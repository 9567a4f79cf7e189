package dev.coffer.restore.journal;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.postgres.write.SequenceChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A journal's entry as JSON. */
final class JournalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JournalJson() {}

  static byte[] write(JournalEntry entry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("restoreId", entry.id());
    object.put("state", entry.state().name());
    object.put("backup", entry.backup());
    object.put("mode", entry.mode());
    entry.undoes().ifPresent(id -> object.put("undoes", id));
    entry.undoneBy().ifPresent(id -> object.put("undoneBy", id));
    object.put("systemIdentifier", entry.database().systemIdentifier());
    object.put("databaseOid", entry.database().oid());
    object.put("database", entry.database().name());
    object.put("createdBy", entry.createdBy());
    object.put("scope", entry.scope());
    object.put("safetyBackup", entry.safety());
    object.put("transactionId", entry.transactionId());
    object.put("tables", new TreeMap<>(entry.tables()));
    object.put("keys", new TreeMap<>(entry.keys()));
    object.put(
        "sequences",
        entry.sequences().stream()
            .map(change -> {
              Map<String, Object> sequence = new LinkedHashMap<>();
              sequence.put("schema", change.before().name().schema());
              sequence.put("sequence", change.before().name().name());
              sequence.put("before", change.before().lastValue());
              sequence.put("calledBefore", change.before().called());
              sequence.put("after", change.after().lastValue());
              sequence.put("calledAfter", change.after().called());
              return sequence;
            })
            .toList());
    return MAPPER.writeValueAsBytes(object);
  }

  /**
   * @throws RuntimeException for text that is no such object
   */
  static JournalEntry read(byte[] text) {
    JsonNode object = MAPPER.readTree(text);
    Map<String, Long> tables = new LinkedHashMap<>();
    object
        .get("tables")
        .properties()
        .forEach(p -> tables.put(p.getKey(), p.getValue().longValue()));
    Map<String, List<String>> keys = new LinkedHashMap<>();
    object
        .get("keys")
        .properties()
        .forEach(p -> {
          List<String> columns = new ArrayList<>();
          p.getValue().forEach(column -> columns.add(column.stringValue()));
          keys.put(p.getKey(), columns);
        });
    List<SequenceChange> sequences = new ArrayList<>();
    object
        .get("sequences")
        .forEach(node -> {
          QualifiedName name = new QualifiedName(string(node, "schema"), string(node, "sequence"));
          sequences.add(
              new SequenceChange(
                  new SequenceState(
                      name,
                      node.get("before").longValue(),
                      node.get("calledBefore").booleanValue()),
                  new SequenceState(
                      name,
                      node.get("after").longValue(),
                      node.get("calledAfter").booleanValue())));
        });
    return new JournalEntry(
        string(object, "restoreId"),
        JournalEntry.State.valueOf(string(object, "state")),
        string(object, "backup"),
        string(object, "mode"),
        optional(object, "undoes"),
        optional(object, "undoneBy"),
        new DatabaseIdentity(
            string(object, "systemIdentifier"),
            object.get("databaseOid").longValue(),
            string(object, "database")),
        string(object, "safetyBackup"),
        string(object, "transactionId"),
        tables,
        keys,
        sequences,
        optional(object, "createdBy").orElse(""),
        optional(object, "scope").orElse(""));
  }

  private static String string(JsonNode object, String name) {
    return object.get(name).stringValue();
  }

  private static Optional<String> optional(JsonNode object, String name) {
    return object.has(name) ? Optional.of(string(object, name)) : Optional.empty();
  }
}
