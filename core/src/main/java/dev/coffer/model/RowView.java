package dev.coffer.model;

/**
 * One row as it passes by, seen without being copied. A view belongs to one thread and is valid
 * only until the next row; columns are numbered as in {@link Table#storedColumns()}.
 */
public interface RowView {

  boolean isNull(int column);

  /**
   * The bytes that hold the value, from {@link #start} to {@link #end}, as UTF-8 that may still be
   * escaped with backslashes (COPY's or JSON's). Good for a cheap test before {@link #text}.
   */
  byte[] bytes();

  int start(int column);

  int end(int column);

  /** PostgreSQL's own text for the value. */
  String text(int column);

  /** Whether any byte of the row is outside ASCII. */
  boolean hasNonAscii();
}
