package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import java.util.Base64;

/** A line under {@code sealed}: the sealed values of one chunk's rows. */
final class SealedLine {

  private SealedLine() {}

  static byte[] write(String table, int chunk, long rows, byte[] ageFile) {
    byte[] encoded = Base64.getEncoder().encode(ageFile);
    ByteSink line = new ByteSink(encoded.length + 128);
    line.put("{\"table\":" + JsonStrings.quote(table));
    line.put(",\"chunk\":" + chunk + ",\"rows\":" + rows + ",\"age\":\"");
    line.put(encoded);
    line.put("\"}");
    return line.toByteArray();
  }
}
