package dev.coffer.browse;

import dev.coffer.model.Column;

/**
 * A value of a row, for people.
 *
 * @param text PostgreSQL's, or its beginning; empty where there is nothing or it is locked
 * @param bytes how long the whole text is, in UTF-8
 */
public record Value(Column column, Form form, String text, long bytes, boolean cut) {

  public boolean isText() {
    return form != Form.NOTHING && form != Form.LOCKED;
  }
}
