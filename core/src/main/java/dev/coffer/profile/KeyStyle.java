package dev.coffer.profile;

/** How the keys in a document's rows follow from the columns' names. */
public enum KeyStyle {
  AS_STORED("asStored"),
  CAMEL_CASE("camelCase");

  private final String word;

  KeyStyle(String word) {
    this.word = word;
  }

  /** A column's or table's name in this style. */
  public String apply(String name) {
    return switch (this) {
      case AS_STORED -> name;
      case CAMEL_CASE -> CamelCase.of(name);
    };
  }

  /** The style as a profile writes it. */
  public String word() {
    return word;
  }
}
