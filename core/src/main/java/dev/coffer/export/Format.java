package dev.coffer.export;

/** What an export is written as. */
public enum Format {
  /** The document's own text, or an object of the tables asked for. */
  JSON,
  /** A script for psql: a whole database, or the rows of the tables asked for. */
  SQL,
  /** RFC 4180 as PostgreSQL's COPY writes and reads it: a file for each table. */
  CSV
}
