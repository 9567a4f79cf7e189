package dev.coffer.export;

import java.util.List;
import java.util.Random;

/** Texts that a careless writer of JSON, COPY, CSV or SQL would get wrong. */
public final class Texts {
  public static final List<String> SPECIAL =
      List.of(
          "",
          " ",
          "\\N",
          "\\.",
          "\\\\.",
          "\\",
          "\\n",
          "null",
          "NULL",
          "[ENCRYPTED]",
          "\"",
          "\"\"",
          "'",
          ",",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "\u000b",
          "\u007f",
          "\u0080",
          "\u2028\u2029",
          "\ufeffbom",
          "\uffff",
          "\ud83d\ude00 \ud83c\uddec\ud83c\udde7",
          "e\u0301",
          "\\u0041",
          "\\x41",
          "$coffer$",
          "},\n{",
          "],\n\"sealed\":[",
          "i\u0130\u0131I");

  private Texts() {}

  /** Every control character that a text can hold. */
  public static String controls() {
    StringBuilder text = new StringBuilder();
    for (char c = 1; c < 0x20; c++) {
      text.append(c).append('x');
    }
    return text.toString();
  }

  public static String random(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(longest + 1);
    while (text.codePointCount(0, text.length()) < length) {
      switch (random.nextInt(8)) {
        case 0 -> text.append("\\\"'\t\n\r,{}[]:/".charAt(random.nextInt(13)));
        case 1 -> text.append((char) (1 + random.nextInt(0x1f)));
        case 2 -> text.append((char) (0x7f + random.nextInt(0x700)));
        case 3 -> text.appendCodePoint(0x1f300 + random.nextInt(0x300));
        default -> text.append((char) (0x20 + random.nextInt(0x5f)));
      }
    }
    return text.toString();
  }
}
