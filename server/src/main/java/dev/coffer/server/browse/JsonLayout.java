package dev.coffer.server.browse;

/** Lays JSON out in lines, and changes nothing else of it: no number's digits, no key's place. */
final class JsonLayout {

  private JsonLayout() {}

  static String of(String json) {
    StringBuilder lines = new StringBuilder(json.length() * 2);
    int depth = 0;
    int i = 0;
    while (i < json.length()) {
      char c = json.charAt(i);
      int end = i + 1;
      switch (c) {
        case '"' -> {
          end = afterString(json, i);
          lines.append(json, i, end);
        }
        case '{', '[' -> {
          int next = afterBlanks(json, end);
          if (next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
            lines.append(c).append(json.charAt(next));
            end = next + 1;
          } else {
            depth++;
            lines.append(c);
            line(lines, depth);
          }
        }
        case '}', ']' -> {
          depth--;
          line(lines, depth);
          lines.append(c);
        }
        case ',' -> {
          lines.append(c);
          line(lines, depth);
        }
        case ':' -> lines.append(": ");
        case ' ', '\t', '\n', '\r' -> end = afterBlanks(json, i);
        default -> lines.append(c);
      }
      i = end;
    }
    return lines.toString();
  }

  private static int afterString(String json, int quote) {
    int at = quote + 1;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, json.length());
  }

  private static int afterBlanks(String json, int from) {
    int at = from;
    while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static void line(StringBuilder lines, int depth) {
    lines.append('\n').repeat("  ", Math.max(0, Math.min(depth, 40)));
  }
}
