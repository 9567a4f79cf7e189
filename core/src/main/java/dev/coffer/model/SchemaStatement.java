package dev.coffer.model;

/**
 * One step of rebuilding a database, in SQL that runs as it stands.
 *
 * @param kind in PostgreSQL's words: {@code TABLE}, {@code VIEW}, {@code FK CONSTRAINT}, {@code
 *     ACL}
 * @param name the object's name for people, schema-qualified where it has a schema
 * @param sql one or more statements, each ended by a semicolon
 */
public record SchemaStatement(Section section, String kind, String name, String sql) {

  /** When a statement runs, as pg_dump divides them. */
  public enum Section {
    /** Before rows: types, functions, tables. */
    PRE_DATA,
    /**
     * After rows: indexes, constraints, triggers, rules, policies, materialized views' contents.
     */
    POST_DATA
  }
}
