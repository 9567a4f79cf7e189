package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A line under {@code sealed}: the sealed values of one chunk's rows. The line has one form only.
 *
 * @param chunk the place of the rows' chunk in the metadata's list
 */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
public record SealedLine(String table, int chunk, long rows, byte[] ageFile) {

  byte[] write() {
    byte[] encoded = Base64.getEncoder().encode(ageFile);
    ByteSink line = new ByteSink(encoded.length + 128);
    line.put("{\"table\":" + JsonStrings.quote(table));
    line.put(",\"chunk\":" + chunk + ",\"rows\":" + rows + ",\"age\":\"");
    line.put(encoded);
    line.put("\"}");
    return line.toByteArray();
  }

  /** Empty where the text is not exactly what {@link #write} makes. */
  public static Optional<SealedLine> read(byte[] text) {
    try {
      JsonNode node = Json.read(text, "a line of sealed values");
      SealedLine line =
          new SealedLine(
              node.path("table").asString(""),
              node.path("chunk").asInt(-1),
              node.path("rows").asLong(-1),
              Base64.getDecoder().decode(node.path("age").asString("")));
      return Arrays.equals(line.write(), text) ? Optional.of(line) : Optional.empty();
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }
}
