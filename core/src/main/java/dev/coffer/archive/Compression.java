package dev.coffer.archive;

/** How a document is stored. */
public enum Compression {
  /** In zstd frames, with an index: {@code .json.zst}. */
  ZSTD(".json.zst"),
  /** As text: {@code .json}. */
  NONE(".json");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the file's name. */
  public String suffix() {
    return suffix;
  }
}
