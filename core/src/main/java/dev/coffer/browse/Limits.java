package dev.coffer.browse;

/**
 * Where a search rests, so that nobody waits for ever. It reads one chunk at least, so that one who
 * goes on gets on.
 *
 * @param rows found
 * @param bytes of the document looked through
 */
public record Limits(int rows, long bytes) {}
