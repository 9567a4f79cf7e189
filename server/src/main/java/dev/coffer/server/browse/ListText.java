package dev.coffer.server.browse;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes an array in PostgreSQL's text apart (PostgreSQL manual, "Arrays", Array Input and Output
 * Syntax). Arrays in arrays, and those with other bounds than usual, are left as they are.
 */
final class ListText {

  private ListText() {}

  /** The items; empty where there are none, or the text is not so simple. */
  static List<String> items(String text) {
    if (text.length() < 3 || text.charAt(0) != '{' || text.charAt(text.length() - 1) != '}') {
      return List.of();
    }
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    boolean quoted = false;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && i + 1 < text.length() - 1) {
        i++;
        item.append(text.charAt(i));
      } else if (!quoted && c == ',') {
        items.add(item.toString());
        item.setLength(0);
      } else if (!quoted && c == '{') {
        return List.of();
      } else {
        item.append(c);
      }
    }
    items.add(item.toString());
    return items;
  }
}
