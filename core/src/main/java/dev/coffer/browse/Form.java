package dev.coffer.browse;

import dev.coffer.model.Column;

/** How a value is shown to people. */
public enum Form {
  /** There is no value: SQL's null. */
  NOTHING,
  /** The value is sealed; the text is empty. */
  LOCKED,
  /** {@code t} or {@code f}. */
  YES_NO,
  NUMBER,
  /** {@code json} or {@code jsonb}. */
  JSON,
  /** An array in PostgreSQL's text (PostgreSQL manual, "Arrays", Array Input and Output Syntax). */
  LIST,
  /** {@code bytea}, as {@code \x} and hexadecimal digits. */
  BINARY,
  TEXT;

  static Form of(Column column) {
    return switch (column.kind()) {
      case NUMBER -> NUMBER;
      case BOOLEAN -> YES_NO;
      case JSONB -> JSON;
      case TEXT -> ofType(column.type());
    };
  }

  private static Form ofType(String type) {
    if (type.endsWith("[]")) {
      return LIST;
    }
    return switch (type) {
      case "bytea" -> BINARY;
      case "json" -> JSON;
      default -> TEXT;
    };
  }
}
