package dev.coffer.restore.legacy;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.DocumentWriter;
import dev.coffer.compare.ScratchFolder;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.legacy.LegacyRows;
import dev.coffer.legacy.LegacyVerifier;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.model.Finding;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.canonical.CanonicalRows;
import dev.coffer.profile.Profile;
import dev.coffer.progress.Progress;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.EphemeralKey;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.SigningKey;
import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the portal's earlier system as a document of today, against the structure of a live
 * database, so that it compares and restores like any other backup. It lies in a private folder as
 * long as it is open; secrets in it are sealed to a key that only this process has.
 *
 * <p>The document has the tables and columns that both the file and the database have. A value
 * reads exactly as in a backup of the database: equal rows are equal byte by byte. A secret that
 * the file does not hold (its {@code [ENCRYPTED]} is no value) is that of the database's row with
 * the same primary key; where there is none, it stays closed and no identity opens it.
 */
public final class LegacyDocument implements AutoCloseable {
  private final ScratchFolder folder;
  private final OpenedBackup backup;
  private final Fidelity fidelity;
  private final boolean ofSales;

  private LegacyDocument(
      ScratchFolder folder, OpenedBackup backup, Fidelity fidelity, boolean ofSales) {
    this.folder = folder;
    this.backup = backup;
    this.fidelity = fidelity;
    this.ofSales = ofSales;
  }

  /** Whether a file is one that {@link #convert} takes or at least knows. */
  public static boolean isLegacy(Path file) {
    return LegacyBackup.recognise(file).isPresent();
  }

  /** Converts all that the file has rows of. */
  public static LegacyDocument convert(
      Path file,
      ConnectionSettings live,
      List<Profile> profiles,
      KeyHome keys,
      Path temporary,
      Progress progress) {
    return convert(file, live, profiles, keys, LegacyOptions.ALL, temporary, progress);
  }

  /**
   * Checks and converts a file. Writes nothing to the database but a temporary table of its own.
   *
   * @param profiles from which the one that fits the database is chosen
   * @param keys sign and fingerprint as the database's backups do, if there are any
   * @param temporary where the private folder is made
   * @throws CofferException {@code NOT_A_BACKUP}; {@code BACKUP_DAMAGED}; {@code USAGE} for an SQL
   *     dump; {@code TABLE_NOT_FOUND}; {@code SCHEMA_DIFFERS} when the database has none of the
   *     tables; {@code VALUE_UNSUPPORTED} with the places of bad values; {@code DATABASE_…}; {@code
   *     TARGET_…}
   */
  public static LegacyDocument convert(
      Path file,
      ConnectionSettings live,
      List<Profile> profiles,
      KeyHome keys,
      LegacyOptions options,
      Path temporary,
      Progress progress) {
    BackupInfo info = info(file, progress);
    List<Finding> checks = checks(file);
    progress.stage("reading the catalog");
    Conversion conversion = Conversion.plan(file, FileScan.of(file), live, profiles, options);
    ScratchFolder folder = ScratchFolder.in(temporary);
    boolean made = false;
    try {
      EphemeralKey key = new EphemeralKey();
      progress.stage("converting rows");
      List<BadValue> leftOut;
      Path written;
      try (CanonicalRows server = CanonicalRows.open(live)) {
        Optional<BackupKey> backupKey =
            conversion.sealed().isEmpty()
                ? Optional.empty()
                : Optional.of(BackupKey.create(List.of(key.recipient())));
        try (DocumentWriter document =
            DocumentWriter.begin(
                folder.path(),
                "converted.json.zst",
                header(info, conversion, backupKey),
                backupKey,
                keys.hasSigningKey() ? keys.signingKey() : SigningKey.generate())) {
          RowConverter converter =
              new RowConverter(
                  conversion.byFileName(), server, document, options.skipBadRows(), progress);
          LegacyRows.all(file, converter);
          converter.finish();
          leftOut = converter.leftOut();
          written = document.finish(conversion.sealed());
        }
      }
      OpenedBackup backup = OpenedBackup.open(written, List.of(key.identity()));
      made = true;
      return new LegacyDocument(
          folder,
          backup,
          conversion.fidelity(info.version(), checks, leftOut),
          backup.header().kind() == BackupKind.SALES);
    } catch (UncheckedIOException failure) {
      throw StoreFailures.translate(Objects.requireNonNull(failure.getCause()), folder.path());
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder.path());
    } finally {
      if (!made) {
        folder.close();
      }
    }
  }

  private static BackupInfo info(Path file, Progress progress) {
    LegacyBackup legacy =
        LegacyBackup.recognise(file)
            .orElseThrow(() ->
                new CofferException(
                    ErrorCode.NOT_A_BACKUP,
                    file + " is no backup of the portal's earlier system",
                    "coffer list shows what there is."));
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".sql")) {
      throw new CofferException(
          ErrorCode.USAGE,
          file + " is an SQL dump: a program for psql, not rows that Coffer could compare",
          "Load it into an empty database: psql --set ON_ERROR_STOP=1 --dbname NEW --file FILE. A"
              + " backup of that database can be compared, and restored in part.");
    }
    progress.stage("reading the legacy file");
    return legacy.info();
  }

  /** What its counts and hashes tell; damage ends it here. */
  private static List<Finding> checks(Path file) {
    List<Finding> findings = LegacyVerifier.verify(file);
    findings.stream()
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .findFirst()
        .ifPresent(finding -> {
          throw new CofferException(
              ErrorCode.BACKUP_DAMAGED,
              file + " is damaged: " + finding.meaning() + " (" + finding.place() + ")",
              "Take another copy of the file; coffer verify says what can be read.");
        });
    return findings;
  }

  private static BackupHeader header(
      BackupInfo info, Conversion conversion, Optional<BackupKey> key) {
    return new BackupHeader(
        info.timestamp(),
        BackupKind.of(info.kind()).orElse(BackupKind.DATABASE),
        info.createdBy(),
        info.reason(),
        conversion.source(),
        key.map(with ->
            new BackupHeader.Sealing(
                with.recipients(),
                with.key(),
                Base64.getEncoder().encodeToString(with.wrappedIdentity()))),
        conversion.schema());
  }

  /** The document, its secrets open as far as they are in it. */
  public OpenedBackup backup() {
    return backup;
  }

  /** Where the document lies. */
  public Path file() {
    return backup.file();
  }

  public Fidelity fidelity() {
    return fidelity;
  }

  /**
   * Refuses what such a file cannot answer for: making a database equal to it deletes what it
   * lacks, and it may lack what was there.
   *
   * @param tables those that the restore is limited to; empty for all
   * @throws CofferException {@code USAGE}
   */
  public void requireExactAllowed(Collection<String> tables) {
    if (!fidelity.skipped().isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "rows of the file were left out, and the mode exact would delete them from the database",
          "Use --mode merge or --mode missing.");
    }
    if (ofSales && tables.isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a file of sales alone says nothing about the rows that belong to other sales",
          "Use --mode merge or --mode missing, or name the tables that are to be made equal:"
              + " --table.");
    }
  }

  @Override
  public void close() {
    backup.close();
    folder.close();
  }
}
