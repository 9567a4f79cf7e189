package dev.coffer.archive;

import tools.jackson.core.JsonGenerator;

/** The {@code proof} object of a proof file. */
final class ProofJson {
  private static final int VERSION = 1;

  private ProofJson() {}

  static byte[] write(Proof proof) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeStringProperty("backup", proof.backup());
      json.writeNumberProperty("size", proof.size());
      json.writeStringProperty("head", proof.head());
      json.writeStringProperty("sha256", proof.sha256());
      json.writeStringProperty("signature", proof.signature());
      json.writeStringProperty("timestamp", HeaderJson.INSTANT.format(proof.timestamp()));
      json.writeStringProperty("provenAt", HeaderJson.INSTANT.format(proof.provenAt()));
      json.writeStringProperty("server", proof.server());
      json.writeStringProperty("coffer", proof.coffer());
      json.writeNumberProperty("rows", proof.rows());
      Json.array(json, "tables", proof.tables(), table -> table(json, table));
      Json.strings(json, "notProven", proof.notProven());
      json.writeEndObject();
    });
  }

  private static void table(JsonGenerator json, Proof.ProvenTable table) {
    json.writeStringProperty("name", table.name());
    json.writeNumberProperty("rows", table.rows());
    json.writeStringProperty("sha256", table.sha256());
    if (!table.sealedValues()) {
      json.writeBooleanProperty("sealedValues", false);
    }
  }
}
