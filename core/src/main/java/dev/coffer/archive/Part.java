package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.Table;

/** What a {@link DocumentReader} finds, in the order of the document. */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
public sealed interface Part {

  /**
   * Everything before the first table.
   *
   * @param sha256 hash of the header's bytes
   */
  record Header(BackupHeader header, long bytes, byte[] sha256) implements Part {}

  /**
   * A chunk of rows or of sealed values.
   *
   * @param table whose rows, or whose secrets the lines hold; the schema's first for sealed lines,
   *     which name their table themselves
   * @param text the chunk, until the sink is used again
   * @param at where it begins in the document
   */
  record Lines(Table table, boolean sealed, ByteSink text, long at) implements Part {}

  /**
   * What the document says after its rows.
   *
   * @param object the bytes that are signed
   * @param at where its line begins in the document
   */
  record Metadata(BackupMetadata metadata, byte[] object, long at) implements Part {}

  /** The signature; {@code publicKey} of 32 bytes, {@code value} of 64. */
  record Signature(byte[] publicKey, byte[] value) implements Part {}

  /** Nothing follows, and nothing is missing. */
  record End() implements Part {}
}
