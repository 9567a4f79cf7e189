package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code table} and {@code schema.table} as a profile writes them. */
final class TableNames {

  private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[^\".]+)";
  private static final Pattern NAME = Pattern.compile("(?:(" + PART + ")\\.)?(" + PART + ")");

  private TableNames() {}

  /** The name, in schema {@code public} where none is given; empty where it is not one. */
  static Optional<QualifiedName> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String schema = matcher.group(1);
    return Optional.of(
        new QualifiedName(schema == null ? "public" : plain(schema), plain(matcher.group(2))));
  }

  private static String plain(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part;
  }
}
