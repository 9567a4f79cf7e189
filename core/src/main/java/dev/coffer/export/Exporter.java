package dev.coffer.export;

import dev.coffer.archive.Pieces;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Turns a backup into another format, chunk by chunk. What is written is what was signed, by the
 * chunks' hashes; whose signature it is, {@code verify} says. Legacy files have none.
 *
 * <ul>
 *   <li>JSON of everything is the document's text, byte for byte: what was signed. Sealed values
 *       stay {@code [ENCRYPTED]}, whoever asks.
 *   <li>JSON of tables is one object, laid out as the document's tables are. With identities, the
 *       rows hold the real values, and no fingerprint; otherwise they are the document's.
 *   <li>SQL of everything rebuilds the database in an empty one; of tables, it is rows alone. With
 *       identities, sealed columns have their real values; otherwise, null or an unusable text.
 *   <li>CSV is one file for each table; with identities, with the real values.
 * </ul>
 *
 * A run may be ended by interrupting its thread; a file or folder it was to make is then not made.
 */
public final class Exporter {

  private Exporter() {}

  /**
   * Exports to a file, or, for CSV unless exactly one table is asked for, to a folder. Either must
   * not exist and appears when it is complete, readable by its owner alone.
   *
   * @throws CofferException {@code TABLE_NOT_FOUND}, {@code BACKUP_DAMAGED}, {@code
   *     BACKUP_NOT_AUTHENTIC}, {@code NOT_A_BACKUP}, {@code KEY_DOES_NOT_OPEN}, {@code
   *     TARGET_EXISTS} and other codes for a target that cannot be written; nothing is left behind
   *     then
   */
  public static void export(Path file, ExportOptions options, Path target, Progress progress) {
    Path goal = target.toAbsolutePath().normalize();
    if (manyFiles(options)) {
      TargetFolder.write(goal, folder -> write(file, options, folder, progress));
    } else {
      TargetFile.write(goal, output -> write(file, options, table -> output, progress));
    }
  }

  /**
   * Exports to a stream, which is flushed and not closed. When this fails, the stream has received
   * a part.
   *
   * @throws CofferException as the other method, and {@code USAGE} for CSV of several tables
   */
  public static void export(
      Path file, ExportOptions options, OutputStream target, Progress progress) {
    if (manyFiles(options)) {
      throw new CofferException(
          ErrorCode.USAGE,
          "CSV of several tables does not fit one stream",
          "Name a folder with --to, or one table with --table.");
    }
    Output output = Output.to(target);
    write(file, options, table -> output, progress);
    output.flush();
  }

  private static boolean manyFiles(ExportOptions options) {
    return options.format() == Format.CSV && options.tables().size() != 1;
  }

  private static void write(Path file, ExportOptions options, Outputs outputs, Progress progress) {
    Pieces.Form form = Pieces.form(file);
    try {
      Optional<LegacyBackup> legacy = legacy(file, form);
      if (legacy.isPresent()) {
        LegacyExport.of(legacy.get(), options, progress).write(outputs);
      } else if (options.format() == Format.JSON && options.tables().isEmpty()) {
        DocumentCopy.write(file, form, options.identities(), outputs.open(""), progress);
      } else {
        write(file, form, options, outputs, progress);
      }
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  private static void write(
      Path file, Pieces.Form form, ExportOptions options, Outputs outputs, Progress progress)
      throws IOException {
    try (Document document = Document.open(file, form, options, progress)) {
      switch (options.format()) {
        case JSON -> TablesJson.write(document, outputs.open(""));
        case SQL -> SqlScript.write(document, options, outputs.open(""));
        case CSV -> TablesCsv.write(document, outputs);
      }
    }
  }

  private static Optional<LegacyBackup> legacy(Path file, Pieces.Form form) {
    return switch (form) {
      case FRAMED, ENCRYPTED, PLAIN -> Optional.empty();
      case EMPTY -> throw notABackup(file, " is empty");
      case OTHER ->
          Optional.of(
              LegacyBackup.recognise(file)
                  .orElseThrow(() -> notABackup(file, " does not begin as a backup does")));
    };
  }

  private static CofferException notABackup(Path file, String fact) {
    return new CofferException(
        ErrorCode.NOT_A_BACKUP, file + fact, "coffer list shows what there is.");
  }
}
