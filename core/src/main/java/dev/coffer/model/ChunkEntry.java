package dev.coffer.model;

/**
 * A chunk as the metadata lists it.
 *
 * @param sealed whether its lines are sealed values rather than rows
 * @param at its first byte in the document
 * @param bytes its length in the document
 * @param sha256 hexadecimal hash of its lines' hashes
 */
public record ChunkEntry(
    String table, boolean sealed, long at, long bytes, long rows, String sha256) {}
