package dev.coffer.restore.record;

import java.util.List;

/**
 * Values that tell rows of a table apart or tie them to others, none of them null: PostgreSQL's
 * texts in a form in which equal values have equal texts ({@link Spelling}).
 */
record Key(List<String> values) {
  Key {
    values = List.copyOf(values);
  }
}
