package dev.coffer.model;

/**
 * Something in the database that a backup does not hold.
 *
 * @param kind in PostgreSQL's words: {@code FOREIGN TABLE}
 * @param name for people
 * @param reason why it is left out and, where that helps, what to do about it
 */
public record NotCaptured(String kind, String name, String reason) {}
