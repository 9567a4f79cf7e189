package dev.coffer.model;

/**
 * How a column's values look in the document. The kind follows from the column's type alone, so a
 * reader never has to guess from a value.
 */
public enum ValueKind {
  /** A JSON number with exactly PostgreSQL's digits; {@code NaN} and infinities are strings. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** {@code jsonb}: the value itself, in PostgreSQL's spelling. */
  JSONB,
  /** Every other type: a JSON string with PostgreSQL's own text for the value. */
  TEXT;

  /**
   * The kind for a type by its name in {@code pg_type}, the name of a base type in {@code
   * pg_catalog}; a domain is looked up by the type it is based on.
   */
  public static ValueKind ofBaseType(String typname) {
    return switch (typname) {
      case "int2", "int4", "int8", "float4", "float8", "numeric", "oid" -> NUMBER;
      case "bool" -> BOOLEAN;
      case "jsonb" -> JSONB;
      default -> TEXT;
    };
  }
}
