package dev.coffer.browse;

import dev.coffer.json.JsonStrings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A text to be found in UTF-8, in capitals or not, in whatever language. Each of its characters is
 * a few byte sequences that stand for it; most places are ruled out by their first byte.
 */
final class CaselessText {
  private final byte[][][] characters;
  private final boolean[] first = new boolean[256];

  private CaselessText(String text, Function<String, Set<String>> spellings) {
    characters =
        text.codePoints()
            .mapToObj(character -> bytes(character, spellings))
            .toArray(byte[][][]::new);
    for (byte[] begin : characters[0]) {
      first[begin[0] & 0xff] = true;
    }
  }

  /** To be found in a value's own text. */
  static CaselessText plain(String text) {
    return new CaselessText(text, Set::of);
  }

  /** To be found in a row's line, where a character may be escaped, or not: inside of JSON. */
  static CaselessText escaped(String text) {
    return new CaselessText(
        text,
        character -> {
          String quoted = JsonStrings.quote(character);
          return new LinkedHashSet<>(
              Arrays.asList(character, quoted.substring(1, quoted.length() - 1)));
        });
  }

  private static byte[][] bytes(int character, Function<String, Set<String>> spellings) {
    Set<String> all = new LinkedHashSet<>();
    int[] forms = {
      character,
      Character.toLowerCase(character),
      Character.toUpperCase(character),
      Character.toTitleCase(character)
    };
    for (int form : forms) {
      all.addAll(spellings.apply(Character.toString(form)));
    }
    return all.stream()
        .map(spelling -> spelling.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  /** Where it stands first between {@code from} and {@code to}; -1 if nowhere. */
  int indexOf(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (first[bytes[at] & 0xff] && stands(bytes, at, to, 0)) {
        return at;
      }
    }
    return -1;
  }

  private boolean stands(byte[] bytes, int at, int to, int character) {
    if (character == characters.length) {
      return true;
    }
    for (byte[] spelling : characters[character]) {
      int end = at + spelling.length;
      if (end <= to
          && Arrays.equals(bytes, at, end, spelling, 0, spelling.length)
          && stands(bytes, end, to, character + 1)) {
        return true;
      }
    }
    return false;
  }
}
