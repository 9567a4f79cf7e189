package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns an array of values, written as in rows, back into the values that PostgreSQL gave. One
 * instance per thread.
 */
public final class ArrayDecoder {
  private static final byte[] NULL = "\\N".getBytes(StandardCharsets.US_ASCII);

  private final List<ValueKind> kinds;
  private final SecretsParser parser;

  /** For arrays of values of these kinds. */
  public ArrayDecoder(List<ValueKind> kinds) {
    this.kinds = List.copyOf(kinds);
    parser = new SecretsParser(kinds);
  }

  /** Appends the values as a row in COPY's text format, without the line feed. */
  public void copyText(byte[] array, ByteSink target) throws RowFormatException {
    parser.parse(array, 0, array.length);
    for (int i = 0; i < kinds.size(); i++) {
      if (i > 0) {
        target.put('\t');
      }
      if (parser.isNull(i)) {
        target.put(NULL);
      } else {
        ValueDecoder.copyText(kinds.get(i), array, parser.start(i), parser.end(i), target);
      }
    }
  }
}
