package dev.coffer.chunk;

/**
 * A chunk as it goes into a file.
 *
 * @param rows how many lines
 * @param textBytes its length in the document
 * @param hash 32 bytes, the hash of its lines' hashes
 * @param stored its bytes in the file: a frame, or the text where the file is not compressed
 * @param storedHash SHA-256 of {@code stored}
 */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
public record Chunk(int rows, int textBytes, byte[] hash, byte[] stored, byte[] storedHash) {}
