package dev.coffer.json;

import dev.coffer.model.ValueKind;
import java.util.Optional;

/**
 * A type whose binary form is known exactly, as its receive function reads it in every release that
 * Coffer supports (PostgreSQL's source, {@code src/backend/utils/adt}).
 */
public enum BinaryType {
  BOOL,
  INT2,
  INT4,
  INT8,
  FLOAT4,
  FLOAT8,
  NUMERIC,
  /** Every type whose binary form is its text, enums among them. */
  TEXT,
  JSONB,
  UUID,
  BYTEA,
  DATE,
  TIME,
  TIMESTAMP,
  TIMESTAMPTZ;

  /**
   * The type for what the server calls it; empty for one that is not known, or that documents do
   * not write as {@code kind} says.
   *
   * @param typname of a base type that PostgreSQL itself comes with, or {@code enum}
   */
  public static Optional<BinaryType> of(String typname, ValueKind kind) {
    return ValueKind.ofBaseType(typname) == kind ? of(typname) : Optional.empty();
  }

  private static Optional<BinaryType> of(String typname) {
    return Optional.ofNullable(
        switch (typname) {
          case "bool" -> BOOL;
          case "int2" -> INT2;
          case "int4" -> INT4;
          case "int8" -> INT8;
          case "float4" -> FLOAT4;
          case "float8" -> FLOAT8;
          case "numeric" -> NUMERIC;
          case "text", "varchar", "bpchar", "json", "enum" -> TEXT;
          case "jsonb" -> JSONB;
          case "uuid" -> UUID;
          case "bytea" -> BYTEA;
          case "date" -> DATE;
          case "time" -> TIME;
          case "timestamp" -> TIMESTAMP;
          case "timestamptz" -> TIMESTAMPTZ;
          default -> null;
        });
  }
}
