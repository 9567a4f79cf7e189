package dev.coffer.restore.legacy;

/** What the values under one key of a legacy table look like. */
final class KeyUse {
  private boolean scalars;
  private boolean objects;
  private boolean lists;
  private boolean hidden;
  private long rows;

  void add(String json) {
    rows++;
    switch (json.charAt(0)) {
      case '{' -> objects = true;
      case '[' -> lists = true;
      case 'n' -> {}
      default -> {
        scalars = true;
        hidden |= json.equals(JsonValues.HIDDEN);
      }
    }
  }

  /** In how many rows the key stands. */
  long rows() {
    return rows;
  }

  /** Whether some value is masked. */
  boolean hidden() {
    return hidden;
  }

  /** Whether the values may be those of a column of this type, and not copies of related rows. */
  boolean fits(String type) {
    return JsonValues.isJson(type)
        || (JsonValues.isArray(type) ? !objects : scalars || !(objects || lists));
  }

  /** Whether the key would be a column if the database had it. */
  boolean looksLikeColumn() {
    return scalars;
  }
}
