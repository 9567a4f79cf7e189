package dev.coffer.postgres.write;

/**
 * A live row that stays, and beside which a new one cannot stand.
 *
 * @param rule the constraint's or the index's name
 * @param number of the new row, from 0
 * @param key of the row that stands there, a JSON array
 */
public record InTheWay(String rule, int number, String key) {}
