package dev.coffer.restore.apply;

import dev.coffer.compare.Row;
import java.util.Optional;

/**
 * What is to become of one row of a live table.
 *
 * @param key a JSON array of the key's values, written as in rows; without values where the table
 *     has no key
 * @param expectedHash SHA-256 of the line that the live row has; empty where there must be no such
 *     row
 * @param wanted what is to stand there, in the form of the pair's earlier table; empty where
 *     nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RowChange(byte[] key, Optional<byte[]> expectedHash, Optional<Row> wanted) {}
