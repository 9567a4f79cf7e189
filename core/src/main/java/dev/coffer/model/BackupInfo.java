package dev.coffer.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backup file says about itself, current or legacy, read without reading its rows where the
 * format allows.
 *
 * @param timestamp of the document, or of the file where the document gives none
 * @param kind {@code comprehensive}, {@code database}, {@code sales}; {@code sql} for a legacy dump
 * @param createdBy empty where unknown
 * @param fileSize bytes on disk
 * @param totalRecords rows in all tables; empty where the file does not say
 * @param communicationSummary values are String, Long, BigDecimal, List or Map, in order
 * @param problem why the file could not be read; present exactly when the state is {@code
 *     CORRUPTED}
 * @param provenAt when it was restored and matched; present exactly when the state is {@code
 *     PROVEN}
 * @param proofProblem why the proof beside the file does not count, where one lies there
 * @param database that its rows are from, by name; empty where the file does not say
 * @param origin which of that name it is; empty where the file does not say
 */
public record BackupInfo(
    Path file,
    State state,
    Instant timestamp,
    String version,
    String kind,
    String createdBy,
    String reason,
    long fileSize,
    Optional<Long> totalRecords,
    Map<String, Long> tables,
    Map<String, Object> communicationSummary,
    List<FlaggedRows> flagged,
    List<NotCaptured> excluded,
    List<SealedColumn> sealedColumns,
    Optional<String> problem,
    Optional<Instant> provenAt,
    Optional<String> proofProblem,
    Optional<String> database,
    Optional<DatabaseOrigin> origin) {

  /** A file of which nothing has been proven. */
  public BackupInfo(
      Path file,
      State state,
      Instant timestamp,
      String version,
      String kind,
      String createdBy,
      String reason,
      long fileSize,
      Optional<Long> totalRecords,
      Map<String, Long> tables,
      Map<String, Object> communicationSummary,
      List<FlaggedRows> flagged,
      List<NotCaptured> excluded,
      List<SealedColumn> sealedColumns,
      Optional<String> problem) {
    this(
        file,
        state,
        timestamp,
        version,
        kind,
        createdBy,
        reason,
        fileSize,
        totalRecords,
        tables,
        communicationSummary,
        flagged,
        excluded,
        sealedColumns,
        problem,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same file with what the proof beside it says. */
  public BackupInfo withProof(Optional<Instant> at, Optional<String> problemOfProof) {
    return with(at.isPresent() ? State.PROVEN : state, at, problemOfProof, database, origin);
  }

  /**
   * The same file with a proof beside it that does not count.
   *
   * @param without its state without the proof
   */
  public BackupInfo withoutProof(State without, String problemOfProof) {
    return with(without, Optional.empty(), Optional.of(problemOfProof), database, origin);
  }

  private BackupInfo with(
      State other,
      Optional<Instant> at,
      Optional<String> problemOfProof,
      Optional<String> sourceDatabase,
      Optional<DatabaseOrigin> sourceOrigin) {
    return new BackupInfo(
        file,
        other,
        timestamp,
        version,
        kind,
        createdBy,
        reason,
        fileSize,
        totalRecords,
        tables,
        communicationSummary,
        flagged,
        excluded,
        sealedColumns,
        problem,
        at,
        problemOfProof,
        sourceDatabase,
        sourceOrigin);
  }

  /** The same file with the database that its rows are from. */
  public BackupInfo withDatabase(String sourceDatabase) {
    return with(state, provenAt, proofProblem, Optional.of(sourceDatabase), origin);
  }

  /** The same file with which database of that name it is. */
  public BackupInfo withOrigin(Optional<DatabaseOrigin> sourceOrigin) {
    return with(state, provenAt, proofProblem, database, sourceOrigin);
  }

  /** How far a listing trusts a file before it is verified. */
  public enum State {
    /** Restored and matched row for row: a proof of that lies beside the file, and fits it. */
    PROVEN,
    /** A current document whose index and metadata read well. */
    UNVERIFIED,
    /** An encrypted file: nothing can be said without an identity. */
    ENCRYPTED,
    /** A file of the portal's earlier backups: counts can be checked, its hash is weak. */
    LEGACY,
    CORRUPTED
  }

  /** Rows that a validation rule flagged; {@code ids} is cut at 100. */
  public record FlaggedRows(
      String rule, String table, String column, long rows, List<String> ids) {}

  /** A column whose values travel sealed, and why. */
  public record SealedColumn(String table, String column, String reason) {}
}
