package dev.coffer.server.browse;

import dev.coffer.browse.Query;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * What somebody looks for in a table.
 *
 * @param text what to look for; where several columns are named, a JSON array of their values
 * @param columns that have exactly this value; empty where it may stand anywhere
 */
record Search(String text, List<String> columns) {
  private static final int LONGEST = 500;

  Search {
    columns = columns.stream().filter(column -> !column.isEmpty()).toList();
  }

  /** Empty where nothing is looked for. */
  Optional<Query> query() {
    if (text.length() > LONGEST) {
      throw new CofferException(
          ErrorCode.USAGE,
          "the text to look for is longer than " + LONGEST + " characters",
          "Look for a part of it.");
    }
    if (columns.isEmpty()) {
      return text.isBlank() ? Optional.empty() : Optional.of(new Query.Text(text.strip()));
    }
    if (columns.size() == 1) {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(new Query.Exactly(columns, List.of(text)));
    }
    List<String> values = KeyText.read(text).orElse(List.of());
    return Optional.of(new Query.Exactly(columns, values));
  }
}
