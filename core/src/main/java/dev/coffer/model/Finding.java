package dev.coffer.model;

/**
 * One thing that a verification found.
 *
 * @param place where: {@code table sales, chunk 12, byte 40960}
 * @param meaning what it means to the reader, without any row's value
 */
public record Finding(Code code, Severity severity, String place, String meaning) {

  /** How much a finding takes away from a backup. */
  public enum Severity {
    /** Worth knowing; the backup can be relied on. */
    NOTE,
    /** The backup is damaged or not authentic. */
    ERROR
  }

  /** Findings by a code that stays the same from release to release. */
  public enum Code {
    NOT_A_BACKUP,
    TOO_NEW,
    EMPTY_FILE,
    CUT_SHORT,
    TRAILING_BYTES,
    FRAME_DAMAGED,
    FRAME_TOO_LARGE,
    LAYOUT_DIFFERS,
    HEADER_DAMAGED,
    ROW_DAMAGED,
    DUPLICATE_KEY,
    CHUNK_HASH_DIFFERS,
    CHUNK_MISSING,
    CHUNK_ADDED,
    TABLE_HASH_DIFFERS,
    COUNT_DIFFERS,
    METADATA_DAMAGED,
    INDEX_MISSING,
    INDEX_DIFFERS,
    SIGNATURE_INVALID,
    SIGNER_UNKNOWN,
    SIGNER_NOT_TRUSTED,
    SEALED_DAMAGED,
    ENCRYPTED_UNREADABLE,
    LEGACY_WEAK_HASH,
    LEGACY_HASH_DIFFERS,
    LEGACY_NO_METADATA
  }

  public static Finding error(Code code, String place, String meaning) {
    return new Finding(code, Severity.ERROR, place, meaning);
  }

  public static Finding note(Code code, String place, String meaning) {
    return new Finding(code, Severity.NOTE, place, meaning);
  }
}
