package dev.coffer.verify;

import dev.coffer.archive.BackupFile;
import dev.coffer.archive.DocumentReader;
import dev.coffer.archive.Part;
import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.Pieces;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.legacy.LegacyVerifier;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a backup file from its first byte to its last, in one pass and constant memory, without a
 * database: every frame, every row's form, every hash and count, the signature, the index.
 */
public final class Verifier {
  /** After so many findings a file is damaged enough. */
  private static final int MOST_FINDINGS = 100;

  private final Path file;
  private final VerifyOptions options;
  private final Progress progress;
  private final List<Finding> findings = new ArrayList<>();
  private final Tally tally;
  private Optional<Part.Header> header = Optional.empty();
  private Optional<BackupInfo> legacyInfo = Optional.empty();
  private Optional<Part.Metadata> metadata = Optional.empty();

  private Verifier(Path file, VerifyOptions options, Progress progress) {
    this.file = file;
    this.options = options;
    this.progress = progress;
    tally = new Tally(findings::add, progress);
  }

  /**
   * Verifies a file, current or legacy.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND}, {@code FILE_UNREADABLE}, {@code
   *     KEY_DOES_NOT_OPEN} or {@code INTERRUPTED}; damage is not an exception but a finding
   */
  public static VerificationReport verify(Path file, VerifyOptions options, Progress progress) {
    Verifier verifier = new Verifier(file, options, progress);
    try {
      verifier.run();
      return verifier.report();
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    } catch (OutOfMemoryError tooLarge) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "verifying " + file + " takes more memory than the program has",
          "If the file is genuine, give the program more: COFFER_JAVA_OPTS=-Xmx2g",
          tooLarge);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", interrupted);
    }
  }

  private void run() throws IOException, InterruptedException {
    Pieces.Form form = Pieces.form(file);
    if (form == Pieces.Form.EMPTY) {
      error(Code.EMPTY_FILE, "byte 0", "the file is empty");
      return;
    }
    if (form == Pieces.Form.OTHER) {
      legacy();
      return;
    }
    progress.stage("verifying");
    try (DocumentReader document =
            new DocumentReader(Pieces.open(file, form, options.identities()));
        ChunkPool pool = new ChunkPool(options.threads(), tally::add)) {
      boolean more = true;
      while (more && findings.size() < MOST_FINDINGS) {
        more = step(document, pool);
      }
      pool.finish();
      conclude();
    } catch (PieceDamage unreadable) {
      findings.add(unreadable.finding());
    } catch (CofferException damaged) {
      if (damaged.code() != ErrorCode.BACKUP_DAMAGED) {
        throw damaged;
      }
      error(Code.ENCRYPTED_UNREADABLE, "the encrypted file", damaged.fact());
    }
  }

  private void legacy() {
    Optional<LegacyBackup> legacy = LegacyBackup.recognise(file);
    if (legacy.isEmpty()) {
      error(Code.NOT_A_BACKUP, "byte 0", "the file does not begin as a Coffer backup does");
      return;
    }
    findings.addAll(LegacyVerifier.verify(file));
    legacyInfo = Optional.of(legacy.get().info());
  }

  private boolean step(DocumentReader document, ChunkPool pool)
      throws IOException, InterruptedException {
    ByteSink buffer = pool.buffer();
    try {
      switch (document.next(buffer)) {
        case Part.Header found -> header = Optional.of(found);
        case Part.Lines lines -> pool.check(lines);
        case Part.Metadata found -> metadata = Optional.of(found);
        case Part.Signature found -> signature(found);
        case Part.End end -> {
          return false;
        }
      }
      return true;
    } catch (PieceDamage damage) {
      Finding finding = damage.finding();
      findings.add(place(document, finding));
      return finding.code() == Code.FRAME_DAMAGED && document.skipDamagedChunk();
    }
  }

  private static Finding place(DocumentReader document, Finding finding) {
    return document
        .openTable()
        .map(table -> "table " + table.logicalName() + ", " + finding.place())
        .map(place -> Finding.error(finding.code(), place, finding.meaning()))
        .orElse(finding);
  }

  private void signature(Part.Signature signature) {
    byte[] message = metadata.map(Part.Metadata::object).orElse(new byte[0]);
    findings.addAll(SignatureCheck.findings(signature, message, options.trustedSigners()));
  }

  private void conclude() {
    if (header.isPresent() && metadata.isPresent()) {
      tally.compare(header.get(), metadata.get());
    }
  }

  private void error(Code code, String place, String meaning) {
    findings.add(Finding.error(code, place, meaning));
  }

  private VerificationReport report() throws IOException {
    long size = Files.size(file);
    Optional<BackupInfo> info =
        header.flatMap(first ->
            metadata.map(last -> BackupFile.info(file, size, first.header(), last.metadata())));
    return new VerificationReport(info.or(() -> legacyInfo), findings, tally.rows(), tally.bytes());
  }
}
