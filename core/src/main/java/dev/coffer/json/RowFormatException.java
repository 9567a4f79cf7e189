package dev.coffer.json;

/** A row line that is not what the schema says. Says where, never what stands there. */
public final class RowFormatException extends Exception {
  private final int position;
  private final boolean duplicateKey;

  RowFormatException(int position, boolean duplicateKey) {
    super("row line differs from the schema at byte " + position, null, false, false);
    this.position = position;
    this.duplicateKey = duplicateKey;
  }

  /** The first byte that does not fit, from the beginning of the parsed text. */
  public int position() {
    return position;
  }

  /** Whether a key stands there that the row had before. */
  public boolean duplicateKey() {
    return duplicateKey;
  }
}
