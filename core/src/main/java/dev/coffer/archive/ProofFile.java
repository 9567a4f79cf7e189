package dev.coffer.archive;

import dev.coffer.bytes.Sha256;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.SigningKey;
import dev.coffer.seal.VerifyKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The proof beside a backup (docs/FORMAT.md, "Proof"). It is bound to its backup by the document's
 * signature and the file's size and first bytes, which are read in a moment; that the rest of the
 * file is what was signed, {@code verify} says.
 */
public final class ProofFile {
  private static final String SUFFIX = ".proof.json";
  private static final int HEAD = 512;
  private static final int LARGEST = 64 << 20;
  private static final String BEGIN = "{\n\"proof\":";
  private static final String BETWEEN = ",\n\"signature\":";
  private static final String END = "\n}\n";

  private ProofFile() {}

  /**
   * What the proof beside a backup is worth.
   *
   * @param provenAt present where it counts
   * @param problem present where it does not
   * @param notProven what could not be shown, for people
   */
  public record Status(
      Optional<Instant> provenAt, Optional<String> problem, List<String> notProven) {
    public Status {
      notProven = List.copyOf(notProven);
    }

    private static Status not(String problem) {
      return new Status(Optional.empty(), Optional.of(problem), List.of());
    }

    private static Status of(JsonNode proof) {
      return new Status(
          Optional.of(Instant.parse(proof.path("provenAt").asString(""))),
          Optional.empty(),
          proof
              .path("notProven")
              .valueStream()
              .map(text -> text.asString(""))
              .filter(text -> !text.isEmpty())
              .toList());
    }
  }

  public static Path beside(Path backup) {
    return backup.resolveSibling(backup.getFileName() + SUFFIX);
  }

  public static boolean isNamedAsProof(Path file) {
    return String.valueOf(file.getFileName()).endsWith(SUFFIX);
  }

  /** The hash of a file's first bytes, which differ from file to file. */
  public static String head(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      return Sha256.hex(Sha256.of(input.readNBytes(HEAD)));
    }
  }

  /** The hash of a whole file. */
  public static String sha256(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      return Sha256.hex(Sha256.of(input));
    }
  }

  /**
   * Writes the proof beside the backup, in the place of an earlier one; it appears when it is
   * complete.
   *
   * @throws CofferException {@code TARGET_UNWRITABLE}
   */
  public static Path write(Path backup, Proof proof, SigningKey key) {
    Path target = beside(backup);
    byte[] object = ProofJson.write(proof);
    String text =
        BEGIN
            + new String(object, StandardCharsets.UTF_8)
            + BETWEEN
            + SignatureJson.write(key.verifyKey().raw(), key.sign(object))
            + END;
    Path aside = target.resolveSibling("." + target.getFileName() + ".partial");
    try {
      Files.writeString(aside, text);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "cannot write the proof " + target,
          "Check the folder's permissions and the disk's room.",
          failure);
    }
  }

  /**
   * The proof beside a backup, compared with it; empty where there is none.
   *
   * @param trusted whose signature counts
   */
  public static Optional<Status> status(Path backup, List<VerifyKey> trusted) {
    Path file = beside(backup);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (Files.size(file) > LARGEST) {
        return Optional.of(Status.not("the proof is not a proof file"));
      }
      return Optional.of(check(backup, Files.readString(file), trusted));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(Status.not("the proof cannot be read"));
    } catch (CofferException | DateTimeParseException malformed) {
      return Optional.of(Status.not("the proof is damaged"));
    }
  }

  private static Status check(Path backup, String text, List<VerifyKey> trusted)
      throws IOException {
    int between = text.lastIndexOf(BETWEEN);
    boolean laidOut = text.startsWith(BEGIN) && text.endsWith(END) && between > 0;
    Optional<SignatureJson.Parts> signature =
        laidOut
            ? SignatureJson.read(
                text.substring(between + BETWEEN.length(), text.length() - END.length()))
            : Optional.empty();
    if (signature.isEmpty()) {
      return Status.not("the proof is damaged");
    }
    byte[] object = text.substring(BEGIN.length(), between).getBytes(StandardCharsets.UTF_8);
    byte[] value = signature.get().value();
    Optional<VerifyKey> signer =
        trusted.stream()
            .filter(key -> Arrays.equals(key.raw(), signature.get().publicKey()))
            .findFirst();
    if (signer.isEmpty()) {
      return Status.not("the proof is signed by a key that is not trusted here");
    }
    if (!signer.get().verifies(object, value)) {
      return Status.not("the proof was changed after it was signed");
    }
    JsonNode proof = Json.read(object, "the proof");
    return fits(backup, proof)
        ? Status.of(proof)
        : Status.not("the proof is of another file: this one was changed since, or replaced");
  }

  private static boolean fits(Path backup, JsonNode proof) throws IOException {
    boolean sameFile =
        proof.path("size").asLong(-1) == Files.size(backup)
            && proof.path("head").asString("").equals(head(backup));
    Pieces.Form form = Pieces.form(backup);
    if (!sameFile || form == Pieces.Form.ENCRYPTED) {
      return sameFile;
    }
    try (ArchiveReader archive = ArchiveReader.open(backup, form)) {
      archive.checkSignature();
      String signature = Base64.getEncoder().encodeToString(archive.signature().value());
      return signature.equals(proof.path("signature").asString(""));
    }
  }
}
