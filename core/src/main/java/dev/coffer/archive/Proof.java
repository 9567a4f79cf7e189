package dev.coffer.archive;

import java.time.Instant;
import java.util.List;

/**
 * What was shown by restoring a backup and reading it back (docs/FORMAT.md, "Proof").
 *
 * @param backup the file's name; moving file and proof together is no harm
 * @param size of the file
 * @param head hexadecimal hash of its first 512 bytes
 * @param sha256 hexadecimal hash of all of them
 * @param signature of the document, in base64
 * @param timestamp of the document
 * @param provenAt when it was restored and matched
 * @param server {@code PostgreSQL 15.19}, which it was restored to
 * @param notProven what could not be shown, for people
 */
public record Proof(
    String backup,
    long size,
    String head,
    String sha256,
    String signature,
    Instant timestamp,
    Instant provenAt,
    String server,
    String coffer,
    long rows,
    List<ProvenTable> tables,
    List<String> notProven) {
  public Proof {
    tables = List.copyOf(tables);
    notProven = List.copyOf(notProven);
  }

  /**
   * A table that came back.
   *
   * @param sha256 the table's hash in the backup's metadata
   * @param sealedValues whether its sealed values were among what was compared; true where it has
   *     none
   */
  public record ProvenTable(String name, long rows, String sha256, boolean sealedValues) {}
}
