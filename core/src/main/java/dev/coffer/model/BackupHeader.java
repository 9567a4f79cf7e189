package dev.coffer.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a document says before its rows.
 *
 * @param timestamp of the snapshot, to the millisecond
 * @param reason may be empty for the kind {@code database}
 * @param sealing empty where nothing is sealed
 * @param version of the document's form
 */
public record BackupHeader(
    Instant timestamp,
    BackupKind kind,
    String createdBy,
    String reason,
    Source source,
    Optional<Sealing> sealing,
    DatabaseSchema schema,
    String version) {
  /** The version of the form in which documents are written. */
  public static final String CURRENT = "4.2.0";

  /** A header of today's form. */
  public BackupHeader(
      Instant timestamp,
      BackupKind kind,
      String createdBy,
      String reason,
      Source source,
      Optional<Sealing> sealing,
      DatabaseSchema schema) {
    this(timestamp, kind, createdBy, reason, source, sealing, schema, CURRENT);
  }

  /**
   * Where the rows come from.
   *
   * @param server {@code PostgreSQL 15.19}
   * @param serverVersion {@code 150019}
   * @param snapshot as {@code pg_export_snapshot()} named it
   * @param standby whether a hot standby was read
   * @param origin empty where the role might not read it, and in documents before 4.1
   */
  public record Source(
      String server,
      int serverVersion,
      String database,
      String encoding,
      String snapshot,
      String coffer,
      String profile,
      boolean standby,
      Optional<DatabaseOrigin> origin) {}

  /**
   * How to open sealed values.
   *
   * @param recipients whom the backup's own key is wrapped for
   * @param key the backup's own recipient, {@code age1…}
   * @param wrappedIdentity base64 of an age file that holds the identity belonging to {@code key}
   */
  public record Sealing(List<String> recipients, String key, String wrappedIdentity) {
    public Sealing {
      recipients = List.copyOf(recipients);
    }
  }
}
