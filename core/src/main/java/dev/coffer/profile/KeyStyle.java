package dev.coffer.profile;

/** How the keys in a document's rows follow from the columns' names. */
public enum KeyStyle {
  AS_STORED("asStored"),
  CAMEL_CASE("camelCase");

  private final String word;

  KeyStyle(String word) {
    this.word = word;
  }

  /** The style as a profile writes it. */
  public String word() {
    return word;
  }
}
