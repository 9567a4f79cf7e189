package dev.coffer.archive;

/**
 * A frame as the index lists it.
 *
 * @param at where it begins in the file
 * @param bytes its length there
 * @param textAt where its content begins in the document
 * @param textBytes the content's length
 * @param sha256 hexadecimal hash of the frame as stored
 */
record FrameEntry(long at, long bytes, long textAt, long textBytes, String sha256) {}
