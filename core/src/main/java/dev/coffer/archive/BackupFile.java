package dev.coffer.archive;

import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.model.BackupMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of backup files, and what is known of one. */
public final class BackupFile {
  private static final String ENCRYPTED = ".age";
  private static final String SAFETY = "-SAFETY";

  private static final Pattern NAME =
      Pattern.compile(
          "(?<kind>comprehensive|database|sales)-backup-(?<day>\\d{4}-\\d\\d-\\d\\d)"
              + "T(?<hour>\\d\\d)-(?<minute>\\d\\d)-(?<second>\\d\\d)-(?<milli>\\d{3})Z(?<safety>-SAFETY)?"
              + "\\.json(\\.zst(\\.age)?)?");

  private BackupFile() {}

  /**
   * A file's name relative to the folder of all backups.
   *
   * @param safety whether it is taken before a restore, to be able to undo it
   */
  public static String name(
      BackupKind kind,
      Instant timestamp,
      boolean safety,
      Compression compression,
      boolean encrypted) {
    return "%s/%s-backup-%s%s%s%s"
        .formatted(
            kind.folder(),
            kind.word(),
            stamp(timestamp),
            safety ? SAFETY : "",
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
            header.version(),
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
            Optional.empty())
        .withDatabase(header.source().database())
        .withOrigin(header.source().origin());
  }

  /** Whether a file is called as a current backup is, whatever it holds. */
  public static boolean isNamedAsBackup(Path file) {
    return parse(file).isPresent();
  }

  /** Whether its name says that it was taken before a restore. */
  public static boolean isSafety(Path file) {
    return parse(file).filter(name -> name.group("safety") != null).isPresent();
  }

  private static Optional<Matcher> parse(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  /** What a name alone tells of a file that is encrypted as a whole. */
  public static BackupInfo encrypted(Path file) {
    return byName(file, BackupInfo.State.ENCRYPTED, Optional.empty());
  }

  /** What is left to tell of a file that cannot be read, and why it cannot. */
  public static BackupInfo corrupted(Path file, String problem) {
    return byName(file, BackupInfo.State.CORRUPTED, Optional.of(problem));
  }

  private static BackupInfo byName(Path file, BackupInfo.State state, Optional<String> problem) {
    Optional<Matcher> name = parse(file);
    return new BackupInfo(
        file,
        state,
        name.flatMap(BackupFile::instant).orElseGet(() -> modified(file)),
        "",
        name.map(matcher -> matcher.group("kind")).orElse(""),
        "",
        "",
        size(file),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        problem);
  }

  private static Optional<Instant> instant(Matcher name) {
    String text =
        "%sT%s:%s:%s.%sZ"
            .formatted(
                name.group("day"),
                name.group("hour"),
                name.group("minute"),
                name.group("second"),
                name.group("milli"));
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException noInstant) {
      return Optional.empty();
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }
}
