package dev.coffer.insight;

/**
 * Recognises UTF-8 that was once read as Windows-1252 or Latin-1 and saved again.
 *
 * <p>Each byte of a character then stands as a character of its own: the first, 0xC2 to 0xF4, as an
 * accented capital such as Ã, the others, 0x80 to 0xBF, as signs such as © or ™. A capital followed
 * by a sign also occurs in honest text, where a quotation mark, a dash or a no-break space follows
 * a word (MAÇÃ”, "voilà »", „Spaß“). So only the first bytes of common damage count, and where the
 * sign is punctuation, its neighbours decide: in honest text the capital belongs to a word in
 * capitals, which ends there.
 */
final class Mojibake {

  /** What bytes 0x80 to 0x9F are in Windows-1252, where it is not a control character. */
  private static final String WINDOWS_SIGNS =
      "\u20AC\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u017D"
          + "\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u017E\u0178";

  /** Signs that follow a word in honest text. */
  private static final String PUNCTUATION =
      "\u00A0\u00AB\u00BB\u00AA\u00BA\u00AE\u2018\u2019\u201C\u201D\u2026\u2013\u2014\u2039\u203A\u2122";

  /** Signs that follow the unit Å: square, cubic, and a tolerance. */
  private static final String MEASURES = "\u00B1\u00B2\u00B3\u00B9";

  private static final char A_TILDE = '\u00C3';
  private static final char A_CIRCUMFLEX = '\u00C2';
  private static final char A_RING = '\u00C5';
  private static final char A_UMLAUT = '\u00C4';
  private static final char SMALL_A_CIRCUMFLEX = '\u00E2';
  private static final char SMALL_I_UMLAUT = '\u00EF';
  private static final char ETH = '\u00F0';
  private static final char G_BREVE = '\u011F';

  /** First bytes of Greek, Cyrillic, Hebrew and Arabic letters; one pair of these proves little. */
  private static final String OTHER_SCRIPTS = "\u00CE\u00CF\u00D0\u00D1\u00D7\u00D8\u00D9";

  private static final String LEADS = "\u00C3\u00C2\u00C5\u00C4\u00E2\u00EF\u00F0" + OTHER_SCRIPTS;

  private Mojibake() {}

  /**
   * Whether the bytes may hold mojibake: one of the first characters, followed by another character
   * outside ASCII. Most text with accents does not pass.
   */
  static boolean suspects(byte[] bytes, int start, int end) {
    for (int at = start; at + 2 < end; at++) {
      byte lead = bytes[at];
      if (lead < 0 && bytes[at + 2] < 0 && (lead == (byte) 0xC3 || lead == (byte) 0xC4)) {
        int character = ((lead & 0x1F) << 6) | (bytes[at + 1] & 0x3F);
        if (character == G_BREVE || LEADS.indexOf(character) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isIn(String text) {
    for (int at = 0; at + 1 < text.length(); at++) {
      if (beginsAt(text, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsAt(String text, int at) {
    char next = text.charAt(at + 1);
    return switch (text.charAt(at)) {
      case A_TILDE -> isSign(next) && !endsCapitals(text, at, next);
      case A_CIRCUMFLEX -> next >= '\u0080' && next <= '\u00BF' && !endsCapitals(text, at, next);
      case A_RING, A_UMLAUT ->
          isSign(next) && (!isHonestAfterUmlaut(next) || isAmongSmallLetters(text, at));
      case SMALL_A_CIRCUMFLEX -> isPunctuationOrSymbol(next, charAt(text, at + 2));
      case SMALL_I_UMLAUT ->
          text.startsWith("\u00BB\u00BF", at + 1) || text.startsWith("\u00BF\u00BD", at + 1);
      case ETH -> next == '\u0178' || next == '\u009F';
      case G_BREVE -> next == '\u0178';
      default -> isOtherScript(text, at) && at + 3 < text.length() && isOtherScript(text, at + 2);
    };
  }

  private static boolean isSign(char character) {
    return (character >= '\u0080' && character <= '\u00BF')
        || WINDOWS_SIGNS.indexOf(character) >= 0;
  }

  /** MAÇÃ” and IRMÃ’: the sign at {@code at + 1} closes a word in capitals. */
  private static boolean endsCapitals(String text, int at, char sign) {
    return PUNCTUATION.indexOf(sign) >= 0
        && Character.isUpperCase(charAt(text, at - 1))
        && (sign == '\u00A0' || !Character.isLetter(charAt(text, at + 2)));
  }

  private static boolean isHonestAfterUmlaut(char sign) {
    return PUNCTUATION.indexOf(sign) >= 0 || MEASURES.indexOf(sign) >= 0;
  }

  private static boolean isAmongSmallLetters(String text, int at) {
    return Character.isLowerCase(charAt(text, at - 1))
        || Character.isLowerCase(charAt(text, at + 2));
  }

  /** U+2000 to U+2BFF, by their second byte: dashes and quotes, €, ™, arrows, symbols. */
  private static boolean isPunctuationOrSymbol(char second, char third) {
    return switch (second) {
      case '\u20AC' -> true;
      case '\u201A' -> third == '\u00AC';
      case '\u201E' -> third == '\u00A2';
      case '\u0153', '\u02DC', '\u0161', '\u2020' -> isSign(third);
      default -> second >= '\u0080' && second <= '\u009F' && isSign(third);
    };
  }

  private static boolean isOtherScript(String text, int at) {
    return OTHER_SCRIPTS.indexOf(text.charAt(at)) >= 0 && isSign(text.charAt(at + 1));
  }

  /** A blank where there is no such character. */
  private static char charAt(String text, int at) {
    return at >= 0 && at < text.length() ? text.charAt(at) : ' ';
  }
}
