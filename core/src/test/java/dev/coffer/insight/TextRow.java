package dev.coffer.insight;

import dev.coffer.model.RowView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row as a line of text COPY: what is escaped there is escaped here. */
final class TextRow implements RowView {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final @Nullable String[] values;
  private final boolean nonAscii;

  TextRow(@Nullable String... values) {
    this.values = values;
    this.starts = new int[values.length];
    this.ends = new int[values.length];
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < values.length; at++) {
      String value = values[at];
      starts[at] = line.toString().getBytes(StandardCharsets.UTF_8).length;
      line.append(value == null ? "\\N" : escaped(value));
      ends[at] = line.toString().getBytes(StandardCharsets.UTF_8).length;
      line.append('\t');
    }
    this.bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    this.nonAscii = line.chars().anyMatch(character -> character > 127);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  @Override
  public boolean isNull(int column) {
    return values[column] == null;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int start(int column) {
    return starts[column];
  }

  @Override
  public int end(int column) {
    return ends[column];
  }

  @Override
  public String text(int column) {
    String value = values[column];
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }

  @Override
  public boolean hasNonAscii() {
    return nonAscii;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
