package dev.coffer.proof;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.Part;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.Proof;
import dev.coffer.archive.Proof.ProvenTable;
import dev.coffer.archive.ProofFile;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.loading.DanglingKeys;
import dev.coffer.model.NotCaptured;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.postgres.write.ScratchDatabase;
import dev.coffer.postgres.write.Usability;
import dev.coffer.progress.Progress;
import dev.coffer.restore.rebuild.Rebuild;
import dev.coffer.restore.rebuild.RebuildOptions;
import dev.coffer.restore.rebuild.RebuildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/**
 * Proves that a backup can be restored, by restoring it: into a scratch database, from which every
 * row is read back and compared with what was signed.
 */
public final class Prover {
  /** How a proof begins to say that sealed values were not compared; the tables' names follow. */
  public static final String SEALED_NOT_PROVEN =
      "sealed values not proven, since no identity opened them";

  private static final int MOST_PROBLEMS = 5;

  private final ProofRequest request;
  private final Progress progress;

  private Prover(ProofRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Proves a backup and writes the proof beside it.
   *
   * @throws CofferException {@code NOT_PROVEN} with the reason, {@code BACKUP_DAMAGED}, {@code
   *     BACKUP_NOT_AUTHENTIC}, {@code KEY_DOES_NOT_OPEN}, or why the server cannot be used; the
   *     scratch database is gone in any case
   */
  public static Proof prove(ProofRequest request, Progress progress) {
    requireCurrent(request.file());
    try (ScratchBackup readable = ScratchBackup.open(request.file(), request.identities())) {
      return new Prover(request, progress).prove(readable.backup());
    } catch (IOException failure) {
      throw Pieces.unreadable(request.file(), failure);
    }
  }

  /**
   * Says why a file cannot be proven at all.
   *
   * @throws CofferException {@code NOT_PROVEN} for files of earlier systems
   */
  public static void requireCurrent(Path file) {
    Pieces.Form form = Pieces.form(file);
    if (form == Pieces.Form.OTHER) {
      throw new CofferException(
          ErrorCode.NOT_PROVEN,
          file
              + " cannot be proven: it is not of the current format, so it has neither the"
              + " structure to rebuild a database from nor hashes to compare with",
          "coffer verify tells what can be told of a file of an earlier system.");
    }
  }

  /**
   * The major version of the server that a backup was taken from; empty where the file does not say
   * before it is opened.
   */
  public static OptionalInt majorVersion(Path file) {
    if (Pieces.form(file) == Pieces.Form.ENCRYPTED) {
      return OptionalInt.empty();
    }
    try (OpenedBackup backup = OpenedBackup.open(file, List.of())) {
      return OptionalInt.of(backup.header().source().serverVersion() / 10_000);
    }
  }

  private Proof prove(OpenedBackup backup) throws IOException {
    requireTrusted(backup.signature());
    try (ScratchDatabase scratch = ScratchDatabase.create(request.server())) {
      RebuildResult rebuilt = rebuild(backup, scratch);
      List<Expectation> expected = Expectation.of(backup);
      List<String> problems = new ArrayList<>(compare(scratch, expected));
      progress.stage("trying constraints and sequences");
      DanglingKeys dangling = DanglingKeys.of(backup.header());
      Usability.Findings usable =
          Usability.examine(
              scratch.settings(),
              backup.header().schema().statements().stream().map(dangling::relaxed).toList(),
              backup.header().schema().sequences());
      problems.addAll(usable.problems());
      if (!problems.isEmpty()) {
        throw new CofferException(
            ErrorCode.NOT_PROVEN,
            request.file() + " is not proven: " + shortened(problems),
            "The backup was restored, but what came back is not what it says.");
      }
      progress.stage("writing the proof");
      Proof proof = proof(backup, scratch.server(), expected, rebuilt, usable.notes());
      ProofFile.write(request.file(), proof, request.keys().signingKey());
      return proof;
    }
  }

  private RebuildResult rebuild(OpenedBackup backup, ScratchDatabase scratch) {
    try {
      return Rebuild.into(
          backup, scratch.settings(), new RebuildOptions(request.jobs(), true, true), progress);
    } catch (CofferException refused) {
      throw switch (refused.code()) {
        case DATABASE_FAILED ->
            new CofferException(
                ErrorCode.NOT_PROVEN,
                request.file() + " is not proven: " + refused.fact(),
                refused.hint(),
                refused);
        case KEY_NEEDED ->
            new CofferException(
                ErrorCode.KEY_NEEDED,
                refused.fact(),
                "Name the identity with --identity FILE: without it, this cannot be proven.",
                refused);
        default -> refused;
      };
    }
  }

  private void requireTrusted(Part.Signature signature) {
    boolean trusted =
        request.keys().trustedSigners().stream()
            .anyMatch(key -> Arrays.equals(key.raw(), signature.publicKey()));
    if (!trusted) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_AUTHENTIC,
          request.file() + " is signed by a key that is not trusted here",
          "Put the signer's signing.pub into " + request.keys().trustedFolder());
    }
  }

  private List<String> compare(ScratchDatabase scratch, List<Expectation> expected) {
    progress.stage("reading every row back");
    try (SharedSnapshot snapshot =
        SharedSnapshot.open(scratch.settings(), request.jobs(), SharedSnapshot.Timeouts.DEFAULT)) {
      List<ReadBack.Found> found = ReadBack.of(snapshot, expected, progress);
      List<String> problems = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        Expectation table = expected.get(i);
        if (!found.get(i).equalTo(table)) {
          problems.add(
              "table %s: %d rows came back of %d, and not all of them the same"
                  .formatted(table.original().logicalName(), found.get(i).rows(), table.rows()));
        }
      }
      return problems;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", interrupted);
    }
  }

  private static String shortened(List<String> problems) {
    int shown = Math.min(problems.size(), MOST_PROBLEMS);
    int more = problems.size() - shown;
    return String.join("; ", problems.subList(0, shown)) + (more > 0 ? "; and " + more : "");
  }

  private Proof proof(
      OpenedBackup backup,
      String server,
      List<Expectation> expected,
      RebuildResult rebuilt,
      List<String> notes)
      throws IOException {
    List<ProvenTable> tables =
        expected.stream()
            .map(table ->
                new ProvenTable(
                    table.original().logicalName(),
                    table.rows(),
                    Expectation.signedHash(backup, table.original()),
                    table.original().sealedColumns().isEmpty() || backup.opensSecrets()))
            .toList();
    return new Proof(
        request.file().getFileName().toString(),
        Files.size(request.file()),
        ProofFile.head(request.file()),
        ProofFile.sha256(request.file()),
        Base64.getEncoder().encodeToString(backup.signature().value()),
        backup.header().timestamp(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        server,
        request.cofferVersion(),
        rebuilt.rows(),
        tables,
        notProven(backup, tables, rebuilt, notes));
  }

  private static List<String> notProven(
      OpenedBackup backup, List<ProvenTable> tables, RebuildResult rebuilt, List<String> notes) {
    List<String> not = new ArrayList<>();
    List<String> sealed =
        tables.stream().filter(table -> !table.sealedValues()).map(ProvenTable::name).toList();
    if (!sealed.isEmpty()) {
      not.add(SEALED_NOT_PROVEN + ": " + String.join(", ", sealed));
    }
    rebuilt.leftOut().forEach(left -> not.add("not on the scratch server: " + left));
    rebuilt.notices().forEach(not::add);
    notes.forEach(note -> not.add("as in the source, the next insert fails: " + note));
    for (NotCaptured missing : backup.header().schema().notCaptured()) {
      not.add("not in the backup: " + missing.kind() + " " + missing.name());
    }
    return not;
  }
}
