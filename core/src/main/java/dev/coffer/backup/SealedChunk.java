package dev.coffer.backup;

import dev.coffer.chunk.Chunk;

/**
 * A chunk of rows and, sealed already, the secrets of these rows.
 *
 * @param ageFile empty where the table has no sealed column
 */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
record SealedChunk(Chunk rows, byte[] ageFile) {

  long bytes() {
    return (long) rows.stored().length + ageFile.length;
  }
}
