package dev.coffer.server.browse;

import dev.coffer.browse.Form;
import dev.coffer.browse.Value;
import java.util.List;

/**
 * A value as a page shows it.
 *
 * @param form decides how
 * @param text for people: a list's in one line, JSON laid out in lines where there is room
 * @param items of a list; empty for everything else, and for lists that are cut
 */
public record ShownValue(
    String column,
    String type,
    Form form,
    String text,
    List<String> items,
    long bytes,
    boolean cut) {
  private static final int SHORT_BINARY = 64;
  private static final int LONGEST_LAID_OUT = 100_000;

  /** For a list of rows, where there is little room. */
  static ShownValue brief(Value value) {
    return of(value, false);
  }

  /** For the page of one row. */
  static ShownValue whole(Value value) {
    return of(value, true);
  }

  private static ShownValue of(Value value, boolean whole) {
    List<String> items =
        value.form() == Form.LIST && !value.cut() ? ListText.items(value.text()) : List.of();
    String text =
        switch (value.form()) {
          case YES_NO -> value.text().equals("t") ? "yes" : "no";
          case LIST -> items.isEmpty() ? value.text() : String.join(", ", items);
          case JSON ->
              whole && value.bytes() <= LONGEST_LAID_OUT
                  ? JsonLayout.of(value.text())
                  : value.text();
          case BINARY -> binary(value.text(), whole);
          case NOTHING, LOCKED, NUMBER, TEXT -> value.text();
        };
    long bytes = value.form() == Form.BINARY ? Math.max(0, value.bytes() / 2 - 1) : value.bytes();
    boolean cut =
        value.cut() || (value.form() == Form.BINARY && !whole && bytes > SHORT_BINARY / 2);
    return new ShownValue(
        value.column().name(), value.column().type(), value.form(), text, items, bytes, cut);
  }

  private static String binary(String text, boolean whole) {
    String digits = text.startsWith("\\x") ? text.substring(2) : text;
    return whole || digits.length() <= SHORT_BINARY ? digits : digits.substring(0, SHORT_BINARY);
  }
}
