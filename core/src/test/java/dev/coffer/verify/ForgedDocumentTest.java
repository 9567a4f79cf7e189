package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.progress.Progress;
import dev.coffer.seal.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Documents that somebody changed with care: each lie is called by its name. */
class ForgedDocumentTest {
  private static final SmallBackup BACKUP = SmallBackup.get();
  private static final Codes NONE = new Codes(List.of());

  @TempDir Path folder;

  /** The codes of a report's findings, each once. */
  record Codes(List<Code> codes) {}

  private VerificationReport verify(byte[] bytes, VerifyOptions options) throws IOException {
    Path file = Files.write(folder.resolve("document.json"), bytes);
    VerificationReport report = Verifier.verify(file, options, Progress.SILENT);
    for (Finding finding : report.findings()) {
      assertThat(finding.place() + finding.meaning()).doesNotContain(SmallBackup.VALUES);
    }
    return report;
  }

  private Codes codes(byte[] bytes) throws IOException {
    return codes(verify(bytes, BACKUP.options()));
  }

  private static Codes codes(VerificationReport report) {
    return new Codes(report.findings().stream().map(Finding::code).distinct().sorted().toList());
  }

  private static Codes only(Code... codes) {
    return new Codes(Stream.of(codes).sorted().toList());
  }

  @Test
  void theUnchangedDocumentIsSoundInEveryForm() throws IOException {
    assertThat(codes(BACKUP.asTaken())).isEqualTo(NONE);
    assertThat(codes(BACKUP.plain())).isEqualTo(NONE);
    assertThat(codes(BACKUP.framed())).isEqualTo(NONE);
    assertThat(codes(BACKUP.encrypted())).isEqualTo(NONE);
    assertThat(codes(new Forgery(BACKUP.asTaken()).framed())).isEqualTo(NONE);
  }

  @Test
  void takingApartAndPuttingTogetherChangesNothing() {
    Forgery forgery = new Forgery(BACKUP.asTaken());
    assertThat(forgery.plain()).isEqualTo(BACKUP.asTaken());
    assertThat(forgery.rehash().plain()).isEqualTo(BACKUP.asTaken());
  }

  @Test
  void recomputedHashesUnderTheOldSignatureAreFound() throws IOException {
    Forgery forgery = BACKUP.forgery();
    changeARow(forgery);
    forgery.rehash();
    assertThat(codes(forgery.plain())).isEqualTo(only(Code.SIGNATURE_INVALID));
    assertThat(codes(forgery.framed())).isEqualTo(only(Code.SIGNATURE_INVALID));
  }

  @Test
  void anotherSignerIsNotTrusted() throws IOException {
    SigningKey other = SigningKey.generate();
    Forgery forgery = BACKUP.forgery();
    changeARow(forgery);
    forgery.rehash().sign(other);
    VerificationReport report = verify(forgery.framed(), BACKUP.options());
    assertThat(codes(report)).isEqualTo(only(Code.SIGNER_NOT_TRUSTED));
    assertThat(report.sound()).isFalse();

    VerifyOptions nobodyKnown = new VerifyOptions(List.of(), List.of(), 1);
    VerificationReport unknown = verify(forgery.framed(), nobodyKnown);
    assertThat(codes(unknown)).isEqualTo(only(Code.SIGNER_UNKNOWN));
    assertThat(unknown.findings().getFirst().meaning()).contains(other.verifyKey().fingerprint());
    assertThat(unknown.sound()).isTrue();

    VerifyOptions both =
        new VerifyOptions(
            List.of(), List.of(BACKUP.signingKey().verifyKey(), other.verifyKey()), 1);
    assertThat(codes(verify(forgery.framed(), both))).isEqualTo(NONE);
  }

  private static void changeARow(Forgery forgery) {
    List<String> chunk = forgery.table("users").chunks().getFirst();
    chunk.set(0, chunk.getFirst().replace("\"active\":false", "\"active\":true"));
  }

  /** What a signer could lie about: changed, then signed as if it were true. */
  private static Arguments lie(String what, Consumer<Forgery> change, Code... codes) {
    return Arguments.of(what, change, only(codes));
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("a table's count", f -> object(f, "tables").put("users", 9), Code.COUNT_DIFFERS),
        lie("a count of nothing", f -> object(f, "tables").put("nothing", 1), Code.COUNT_DIFFERS),
        lie("a count is left out", f -> object(f, "tables").remove("users"), Code.COUNT_DIFFERS),
        lie(
            "a table that is not there is counted",
            f -> object(f, "tables").put("more", 0),
            Code.COUNT_DIFFERS),
        lie("the total", f -> f.metadata.put("totalRecords", 1), Code.COUNT_DIFFERS),
        lie("the size", f -> f.metadata.put("jsonBytes", 1), Code.COUNT_DIFFERS),
        lie(
            "a table's hash",
            f -> object(f, "dataIntegrityHashes").put("users", "0".repeat(64)),
            Code.TABLE_HASH_DIFFERS),
        lie(
            "the hash of no rows",
            f -> object(f, "dataIntegrityHashes").put("nothing", "0".repeat(63) + "1"),
            Code.TABLE_HASH_DIFFERS),
        lie(
            "the header's hash",
            f ->
                ((ObjectNode) f.metadata.path("hashes").path("header"))
                    .put("sha256", "0".repeat(64)),
            Code.HEADER_DAMAGED),
        lie(
            "a chunk's hash",
            f -> ((ObjectNode) f.chunks().get(0)).put("sha256", "0".repeat(64)),
            Code.CHUNK_HASH_DIFFERS),
        lie(
            "a chunk's rows",
            f -> ((ObjectNode) f.chunks().get(0)).put("rows", 2),
            Code.CHUNK_HASH_DIFFERS),
        lie(
            "a chunk's table",
            f -> ((ObjectNode) f.chunks().get(0)).put("table", "nothing"),
            Code.CHUNK_HASH_DIFFERS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void lies(String what, Consumer<Forgery> change, Codes expected) throws IOException {
    Forgery forgery = BACKUP.forgery();
    change.accept(forgery);
    forgery.sign(BACKUP.signingKey());
    assertThat(codes(forgery.plain())).isEqualTo(expected);
    assertThat(codes(forgery.framed())).isEqualTo(expected);
  }

  private static ObjectNode object(Forgery forgery, String member) {
    return (ObjectNode) forgery.metadata.get(member);
  }

  /** Documents whose hashes fit and whose signature is right, but which are no documents. */
  static Stream<Arguments> malformed() {
    return Stream.of(
        lie(
            "a key twice in a row",
            f -> inRow(f, ",\"email\":", ",\"id\":1,\"email\":"),
            Code.DUPLICATE_KEY),
        lie(
            "a last key twice",
            f -> inRow(f, ",\"seen\":", ",\"rate\":1,\"seen\":"),
            Code.DUPLICATE_KEY),
        lie(
            "a member more",
            f -> inRow(f, ",\"seen\":", ",\"more\":1,\"seen\":"),
            Code.ROW_DAMAGED),
        lie("a member less", f -> inRow(f, "{\"id\":1,", "{"), Code.ROW_DAMAGED),
        lie("a blank", f -> inRow(f, "{\"id\":1", "{\"id\": 1"), Code.ROW_DAMAGED),
        lie("a text for a number", f -> inRow(f, "\"id\":1", "\"id\":\"1\""), Code.ROW_DAMAGED),
        lie("a leading zero", f -> inRow(f, "\"id\":1", "\"id\":01"), Code.ROW_DAMAGED),
        lie("another escape", f -> inRow(f, "zebra1", "\\u007aebra1"), Code.ROW_DAMAGED),
        lie("an open secret", f -> inRow(f, "[ENCRYPTED]", "hunter2-1"), Code.ROW_DAMAGED),
        lie(
            "no fingerprint",
            f ->
                f.table("users")
                    .chunks()
                    .getFirst()
                    .replaceAll(row -> row.replaceFirst("(.*),\"[^\"]*\":\"[^\"]{8}\"}$", "$1}")),
            Code.ROW_DAMAGED),
        lie(
            "a key twice in the header",
            f -> f.header = f.header.replace("\"reason\":", "\"reason\":\"x\",\n\"reason\":"),
            Code.DUPLICATE_KEY),
        lie(
            "a table twice in the schema",
            f -> f.header = f.header.replace("{\"name\":\"hollow\",", "{\"name\":\"nothing\","),
            Code.DUPLICATE_KEY),
        lie(
            "a member of another kind in the header",
            f ->
                f.header = f.header.replace("\"serverVersion\":15", "\"serverVersion\":[],\"x\":1"),
            Code.HEADER_DAMAGED),
        lie(
            "a number beyond all limits in the header",
            f ->
                f.header =
                    f.header.replace("\"serverVersion\":15", "\"serverVersion\":8e99999999999"),
            Code.HEADER_DAMAGED),
        lie(
            "a number of a gigabyte in the header",
            f ->
                f.header =
                    f.header.replace("\"serverVersion\":15", "\"serverVersion\":8e999999999"),
            Code.HEADER_DAMAGED),
        lie(
            "an unknown kind of backup",
            f -> f.header = f.header.replace("\"backupType\":\"comp", "\"backupType\":\"imp"),
            Code.HEADER_DAMAGED),
        lie(
            "no version",
            f -> f.header = f.header.replace("\"version\":\"4", "\"version\":\""),
            Code.HEADER_DAMAGED),
        lie(
            "an older version",
            f -> f.header = f.header.replace("\"version\":\"4", "\"version\":\"3"),
            Code.HEADER_DAMAGED),
        lie(
            "a newer version",
            f -> f.header = f.header.replace("\"version\":\"4.2", "\"version\":\"5.2"),
            Code.TOO_NEW),
        lie(
            "a much newer version",
            f -> f.header = f.header.replace("\"version\":\"4.2", "\"version\":\"1234.2"),
            Code.TOO_NEW),
        lie(
            "deep nesting in the header",
            f ->
                f.header =
                    f.header.replace(
                        "\"source\":",
                        "\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\n\"source\":"),
            Code.HEADER_DAMAGED),
        lie("nothing of the metadata", f -> f.metadata.remove("hashes"), Code.METADATA_DAMAGED),
        lie(
            "sealed values of another table's rows",
            f -> Collections.swap(f.sealed, 0, 3),
            Code.SEALED_DAMAGED),
        lie(
            "sealed values in another order",
            f -> Collections.swap(f.sealed, 0, 1),
            Code.SEALED_DAMAGED),
        lie(
            "sealed values that name another table",
            f -> f.sealed.set(0, f.sealed.getFirst().replace("\"cards\"", "\"users\"")),
            Code.SEALED_DAMAGED),
        lie("sealed values twice", f -> f.sealed.add(1, f.sealed.getFirst()), Code.SEALED_DAMAGED),
        lie("sealed values missing", f -> f.sealed.removeLast(), Code.SEALED_DAMAGED),
        lie("all sealed values missing", f -> f.sealed.clear(), Code.SEALED_DAMAGED),
        lie(
            "sealed values for other rows",
            f -> f.sealed.set(0, f.sealed.getFirst().replace("\"rows\":3", "\"rows\":2")),
            Code.SEALED_DAMAGED),
        lie(
            "sealed values of no rows",
            f -> f.sealed.add(f.sealed.getLast().replaceFirst("\"chunk\":\\d+", "\"chunk\":99")),
            Code.SEALED_DAMAGED),
        lie(
            "sealed values not in their form",
            f -> f.sealed.set(0, f.sealed.getFirst().replace(",\"rows\"", ", \"rows\"")),
            Code.SEALED_DAMAGED));
  }

  private static void inRow(Forgery forgery, String found, String replacement) {
    List<String> chunk = forgery.table("users").chunks().getFirst();
    assertThat(chunk.getFirst()).contains(found);
    chunk.set(0, chunk.getFirst().replace(found, replacement));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String what, Consumer<Forgery> change, Codes expected) throws IOException {
    Forgery forgery = BACKUP.forgery();
    boolean inMetadata = what.contains("metadata");
    if (inMetadata) {
      change.accept(forgery);
    } else {
      change.accept(forgery);
      forgery.rehash();
    }
    forgery.sign(BACKUP.signingKey());
    assertThat(codes(forgery.framed()).codes()).containsAll(expected.codes());
    assertThat(codes(forgery.plain()).codes()).containsAll(expected.codes());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"totalRecords\":1,$0', DUPLICATE_KEY",
    "'\"totalRecords\":8e99999999999', METADATA_DAMAGED",
    "'\"totalRecords\":8e999999999', METADATA_DAMAGED",
  })
  void metadataThatNoWriterMakesAreFound(String member, Code code) throws IOException {
    String line = Forgery.text(BACKUP.forgery().pieces().reversed().get(1));
    String forged = line.replaceFirst("\"totalRecords\":\\d+", member);
    assertThat(forged).isNotEqualTo(line);
    List<byte[]> pieces = BACKUP.forgery().pieces();
    pieces.set(pieces.size() - 2, Forgery.bytes(forged));
    assertThat(codes(Forgery.framed(pieces)).codes()).contains(code);
    assertThat(codes(Forgery.joined(pieces)).codes()).contains(code);
  }

  @Test
  void documentsOfTheFirstMinorVersionAreAccepted() throws IOException {
    Forgery forgery = BACKUP.forgery();
    String now = forgery.header;
    forgery.header =
        now.replace("\"version\":\"4.2.0\"", "\"version\":\"4.0.0\"")
            .replaceFirst(",\"systemIdentifier\":\"\\d+\",\"databaseOid\":\\d+", "");
    assertThat(forgery.header.length()).isLessThan(now.length() - 20);
    forgery.rehash();
    forgery.sign(BACKUP.signingKey());
    assertThat(forgery.metadata.path("hashes").has("index")).isFalse();
    assertThat(codes(forgery.framed())).isEqualTo(NONE);
    assertThat(codes(forgery.plain())).isEqualTo(NONE);
    BackupInfo info = Inventory.info(folder.resolve("document.json"), List.of());
    assertThat(info.version()).isEqualTo("4.0.0");
    assertThat(info.database()).isPresent();
    assertThat(info.origin()).isEmpty();
  }

  @Test
  void membersOfALaterMinorVersionAreAccepted() throws IOException {
    Forgery forgery = BACKUP.forgery();
    forgery.header =
        forgery
            .header
            .replace("\"version\":\"4.2.0\"", "\"version\":\"4.7.1\"")
            .replace(
                "\"source\":{", "\"mood\":{\"good\":[true,null,1.5]},\n\"source\":{\"rack\":7,")
            .replace("{\"name\":\"id\",", "{\"name\":\"id\",\"width\":4,");
    forgery.rehash();
    forgery.metadata.put("weather", "rain").putObject("later").putArray("still").add(1);
    ((ObjectNode) forgery.chunks().get(0)).put("colour", "green");
    forgery.sign(BACKUP.signingKey());
    assertThat(codes(forgery.framed())).isEqualTo(NONE);
    assertThat(codes(forgery.plain())).isEqualTo(NONE);
  }

  @Test
  void chunksMissingAddedAndInAnotherOrderAreFoundThoughTheIndexFits() throws IOException {
    Forgery missing = BACKUP.forgery();
    missing.table("users").chunks().removeLast();
    assertThat(codes(missing.framed()).codes())
        .contains(Code.CHUNK_MISSING, Code.COUNT_DIFFERS, Code.TABLE_HASH_DIFFERS)
        .doesNotContain(Code.SIGNATURE_INVALID, Code.INDEX_DIFFERS);

    Forgery added = BACKUP.forgery();
    added.table("cards").chunks().add(List.copyOf(added.table("cards").chunks().getFirst()));
    assertThat(codes(added.framed()).codes())
        .contains(Code.CHUNK_ADDED, Code.COUNT_DIFFERS, Code.TABLE_HASH_DIFFERS);

    Forgery reordered = BACKUP.forgery();
    Collections.swap(reordered.table("users").chunks(), 0, 1);
    assertThat(codes(reordered.framed())).isEqualTo(only(Code.CHUNK_HASH_DIFFERS));

    Forgery doubled = BACKUP.forgery();
    List<String> chunk = doubled.table("users").chunks().getFirst();
    chunk.add(chunk.getFirst());
    assertThat(codes(doubled.framed()).codes())
        .contains(Code.CHUNK_HASH_DIFFERS, Code.COUNT_DIFFERS, Code.TABLE_HASH_DIFFERS);
  }

  @Test
  void whatFollowsTheDocumentIsFound() throws IOException {
    byte[] framed = BACKUP.framed();
    byte[] one = {'x'};
    assertThat(codes(Forgery.joined(List.of(framed, one)))).isEqualTo(only(Code.TRAILING_BYTES));
    assertThat(codes(Forgery.joined(List.of(framed, framed)))).isEqualTo(only(Code.TRAILING_BYTES));
    assertThat(codes(Forgery.joined(List.of(BACKUP.plain(), one))).codes()).isNotEmpty();
    List<byte[]> more = BACKUP.forgery().pieces();
    more.add(one);
    assertThat(codes(Forgery.framed(more))).isEqualTo(only(Code.TRAILING_BYTES));
  }

  @Test
  void anIndexThatIsMissingOrWrongIsFound() throws IOException {
    byte[] framed = BACKUP.framed();
    int indexAt = Forgery.frameStarts(framed).getLast();
    assertThat(codes(Arrays.copyOf(framed, indexAt))).isEqualTo(only(Code.INDEX_MISSING));
    assertThat(codes(Arrays.copyOf(framed, framed.length - 9))).isEqualTo(only(Code.CUT_SHORT));
    List<byte[]> frames = new ArrayList<>(BACKUP.forgery().pieces());
    byte[] other = Forgery.framed(frames.subList(0, frames.size() - 1));
    byte[] otherIndex =
        Arrays.copyOfRange(other, Forgery.frameStarts(other).getLast(), other.length);
    assertThat(codes(Forgery.joined(List.of(Arrays.copyOf(framed, indexAt), otherIndex))))
        .isEqualTo(only(Code.INDEX_DIFFERS));
  }

  /** The text between chunks, changed while the places of all chunks stay true. */
  @Test
  void textBetweenChunksHasOneForm() throws IOException {
    assertThat(codes(betweenFirstChunks(",\n", "\n,")).codes()).contains(Code.LAYOUT_DIFFERS);
    assertThat(codes(betweenFirstChunks(",\n", ",\n,\n")).codes()).contains(Code.LAYOUT_DIFFERS);
    assertThat(codes(betweenFirstChunks(",\n", "\n],\n\"users\":[\n")).codes())
        .contains(Code.LAYOUT_DIFFERS);
    assertThat(codes(betweenFirstChunks(",\n", "")).codes()).contains(Code.LAYOUT_DIFFERS);
  }

  private static byte[] betweenFirstChunks(String found, String replacement) {
    List<byte[]> pieces = BACKUP.forgery().pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (Forgery.text(pieces.get(i)).equals(found)) {
        pieces.set(i, Forgery.bytes(replacement));
        break;
      }
    }
    return Forgery.framed(pieces);
  }

  /** Two frames with a comma each are as bad as one with two. */
  @Test
  void aCommaTwiceIsFound() throws IOException {
    List<byte[]> pieces = BACKUP.forgery().pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (Forgery.text(pieces.get(i)).equals(",\n")) {
        pieces.add(i, Forgery.bytes(",\n"));
        break;
      }
    }
    assertThat(codes(Forgery.framed(pieces)).codes()).contains(Code.LAYOUT_DIFFERS);
    pieces.set(1, Forgery.bytes(""));
    assertThat(codes(Forgery.framed(pieces)).codes()).contains(Code.LAYOUT_DIFFERS);
  }

  /** Bytes that decoders replace by the very character that a table's name has. */
  @Test
  void aNameThatIsNotUtf8IsFoundWhereDecodersWouldNotSee() throws IOException {
    String plain = Forgery.text(BACKUP.plain());
    String name =
        new String(
            "odd\uFFFDname\":[".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String surrogate = "odd\u00ed\u00bf\u00bdname\":[";
    assertThat(plain).contains(name);
    assertThat(codes(Forgery.bytes(plain.replace(name, surrogate))).codes())
        .contains(Code.LAYOUT_DIFFERS);
  }

  @Test
  void sealedValuesWithoutAnyTableAreFound() throws IOException {
    Forgery forgery = BACKUP.forgery();
    forgery.tables.clear();
    forgery.header =
        forgery.header.replaceFirst(
            "\"schema\":\\{\"tables\":.*?\\],\"relationships\":\\[",
            "\"schema\":{\"tables\":[],\"relationships\":[");
    forgery.rehash().sign(BACKUP.signingKey());
    assertThat(codes(forgery.framed()).codes()).contains(Code.LAYOUT_DIFFERS);
    assertThat(forgery.chunks().isEmpty()).isFalse();
  }
}
