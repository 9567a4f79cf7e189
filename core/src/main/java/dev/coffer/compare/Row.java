package dev.coffer.compare;

/**
 * A row as a document stores it.
 *
 * @param line its line, in the form of its own side's table
 * @param secrets its line of opened sealed values; no bytes where they are closed or there are none
 */
@SuppressWarnings("ArrayRecordComponent") // compared and copied by nobody
public record Row(byte[] line, byte[] secrets) {}
