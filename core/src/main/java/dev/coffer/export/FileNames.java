package dev.coffer.export;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * File names for tables: the table's name, with what a file system may not take written as {@code
 * %} and two hexadecimal digits. No two are equal, on a file system that ignores case neither.
 */
final class FileNames {
  private static final String RESERVED = "%/\\:*?\"<>|";
  private static final int LONGEST_BYTES = 200;

  private final String ending;
  private final Set<String> given = new HashSet<>();

  FileNames(String ending) {
    this.ending = ending;
  }

  String of(String table) {
    StringBuilder name = new StringBuilder();
    table
        .codePoints()
        .takeWhile(any -> bytes(name) < LONGEST_BYTES)
        .forEach(character -> append(name, character));
    String base = name.toString();
    String unique = base;
    for (int i = 2; !given.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = base + "~" + i;
    }
    return unique + ending;
  }

  private static void append(StringBuilder name, int character) {
    boolean leadingDot = character == '.' && name.isEmpty();
    if (character < 0x20 || character == 0x7f || RESERVED.indexOf(character) >= 0 || leadingDot) {
      name.append(String.format(Locale.ROOT, "%%%02X", character));
    } else {
      name.appendCodePoint(character);
    }
  }

  private static int bytes(StringBuilder name) {
    return name.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
