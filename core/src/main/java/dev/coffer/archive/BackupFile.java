package dev.coffer.archive;

import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.model.BackupMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The names of backup files, and what is known of one. */
public final class BackupFile {
  private static final String ENCRYPTED = ".age";

  private BackupFile() {}

  /** A file's name relative to the folder of all backups. */
  public static String name(
      BackupKind kind, Instant timestamp, Compression compression, boolean encrypted) {
    return "%s/%s-backup-%s%s%s"
        .formatted(
            kind.folder(),
            kind.word(),
            stamp(timestamp),
            compression.suffix(),
            encrypted ? ENCRYPTED : "");
  }

  /** {@code 2026-01-25T14-30-45-123Z} */
  static String stamp(Instant timestamp) {
    return HeaderJson.INSTANT.format(timestamp).replace(':', '-').replace('.', '-');
  }

  public static BackupInfo info(
      Path file, long fileSize, BackupHeader header, BackupMetadata metadata) {
    return new BackupInfo(
        file,
        BackupInfo.State.UNVERIFIED,
        header.timestamp(),
        Layout.VERSION,
        header.kind().word(),
        header.createdBy(),
        header.reason(),
        fileSize,
        Optional.of(metadata.totalRecords()),
        metadata.tables(),
        metadata.communicationSummary(),
        metadata.flagged(),
        metadata.excluded(),
        metadata.sealedColumns(),
        Optional.empty());
  }
}
