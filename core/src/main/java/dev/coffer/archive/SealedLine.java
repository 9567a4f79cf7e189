package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import java.nio.charset.StandardCharsets;
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

  private static final byte[] AGE = ",\"age\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 4;
  private static final int BYTES = 3;

  byte[] write() {
    byte[] encoded = Base64.getEncoder().encode(ageFile);
    ByteSink line = new ByteSink(encoded.length + 128);
    line.put(head());
    line.put(encoded);
    line.put(END);
    return line.toByteArray();
  }

  private byte[] head() {
    ByteSink head = new ByteSink(128);
    head.put("{\"table\":" + JsonStrings.quote(table));
    head.put(",\"chunk\":" + chunk + ",\"rows\":" + rows);
    head.put(AGE);
    return head.toByteArray();
  }

  /** Empty where the text is not exactly what {@link #write} makes. */
  public static Optional<SealedLine> read(byte[] text) {
    int from = endOfHead(text);
    int to = text.length - END.length;
    if (to < from) {
      return Optional.empty();
    }
    try {
      byte[] head = Arrays.copyOf(text, from);
      ByteSink whole = new ByteSink(from + END.length);
      whole.put(head);
      whole.put(END);
      JsonNode node = Json.read(whole.toByteArray(), "a line of sealed values");
      SealedLine line =
          new SealedLine(
              node.path("table").asString(""),
              node.path("chunk").asInt(-1),
              node.path("rows").asLong(-1),
              Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to)));
      boolean same =
          Arrays.equals(line.head(), head)
              && Arrays.equals(text, to, text.length, END, 0, END.length)
              && line.isWritten(text, from, to);
      return same ? Optional.of(line) : Optional.empty();
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /** Where the age file begins; beyond the text where there is none. */
  private static int endOfHead(byte[] text) {
    for (int p = 0; p + AGE.length <= text.length; p++) {
      // No name can hold this: a quotation mark within one comes after a backslash.
      if (Arrays.equals(text, p, p + AGE.length, AGE, 0, AGE.length)) {
        return p + AGE.length;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Whether the age file has the one form of base64: all but its last digits can have no other. */
  private boolean isWritten(byte[] text, int from, int to) {
    int groups = Math.ceilDiv(ageFile.length, BYTES);
    int last = Math.max(0, groups - 1);
    byte[] end =
        Base64.getEncoder().encode(Arrays.copyOfRange(ageFile, BYTES * last, ageFile.length));
    return to - from == DIGITS * groups
        && Arrays.equals(text, from + DIGITS * last, to, end, 0, end.length);
  }
}
