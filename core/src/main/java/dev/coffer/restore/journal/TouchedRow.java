package dev.coffer.restore.journal;

import dev.coffer.model.QualifiedName;
import java.util.Optional;

/**
 * A row that a restore touched.
 *
 * @param key a JSON array
 * @param before SHA-256 of the row's line in the safety backup; empty where it was not there
 * @param after SHA-256 of its line afterwards; empty where it is not there
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record TouchedRow(
    QualifiedName table, byte[] key, Optional<byte[]> before, Optional<byte[]> after) {}
