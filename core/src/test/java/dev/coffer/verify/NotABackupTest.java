package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are anything but a backup, or one made to hurt: all are told from one in a process
 * with 64 MB of memory.
 */
@ExtendWith(SeededRandom.class)
class NotABackupTest {
  private static final String STAMP = "comprehensive-backup-2026-01-25T14-30-45-";
  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000001000000010802000000");

  @TempDir Path folder;

  private final Map<String, String> expected = new TreeMap<>();
  private final List<String> files = new ArrayList<>();
  private int number = 100;

  private void file(String what, byte[] bytes, String name, String found) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    files.add(file.toString());
    expected.put(name + " (" + what + ")", found);
  }

  /** A file with a current backup's name. */
  private void file(String what, byte[] bytes, String found) throws IOException {
    file(what, bytes, STAMP + number++ + "Z.json.zst", found);
  }

  private void check() {
    Shell.Result result = ChildJvm.run(List.of("-Xmx64m"), VerifyAndList.class, files);
    Map<String, String> actual = new TreeMap<>();
    for (String line : result.out().lines().toList()) {
      String name = line.substring(0, line.indexOf(' '));
      expected.keySet().stream()
          .filter(key -> key.startsWith(name + " "))
          .forEach(key -> actual.put(key, line.substring(name.length() + 1)));
    }
    assertThat(actual).as(result.err()).isEqualTo(expected);
    assertThat(result.err()).doesNotContain("Exception", "\tat ");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }

  private static byte[] withoutSize(byte[] bytes) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream compressing = new ZstdOutputStream(stored)) {
      compressing.write(bytes);
    }
    return stored.toByteArray();
  }

  private static byte[] repeated(byte[] part, int times) {
    byte[] all = new byte[Math.multiplyExact(part.length, times)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, all, i * part.length, part.length);
    }
    return all;
  }

  @Test
  void ordinaryFiles(Random random) throws IOException {
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    noise[0] = 7;
    String none = "NOT_A_BACKUP CORRUPTED";
    file("empty", new byte[0], "EMPTY_FILE CORRUPTED");
    file("a picture", PNG, none);
    file("noise", noise, none);
    file("text", text("Dear diary,\nnothing happened."), none);
    file("other JSON", text("{\"name\":\"coffer\",\"version\":\"4.0.0\"}\n"), none);
    file("a list", text("[1,2,3]"), none);
    file("compressed text", zstd(text("Dear diary,\nnothing happened.")), none);
    file("compressed JSON", zstd(text("{\"name\":1}")), none);
    file("a frame without a size", withoutSize(text("{\n\"timestamp\":\"x\"")), none);
    file("one byte", new byte[] {'{'}, none);
    file("the beginning alone", text("{\n\"timestamp\":"), "CUT_SHORT CORRUPTED");
    file(
        "an age file of nothing",
        text("age-encryption.org/v1\n"),
        "ENCRYPTED_UNREADABLE ENCRYPTED");
    file("a picture", PNG, "picture.png", none);
    file("a picture", PNG, "backup.sql", "LEGACY_WEAK_HASH,NOT_A_BACKUP CORRUPTED");
    file("no file", PNG, "gone.json.zst", "!BACKUP_NOT_FOUND !BACKUP_NOT_FOUND");
    Files.delete(folder.resolve("gone.json.zst"));
    file("a folder", PNG, "folder.json.zst", "!FILE_UNREADABLE !FILE_UNREADABLE");
    Files.delete(folder.resolve("folder.json.zst"));
    Files.createDirectory(folder.resolve("folder.json.zst"));
    check();
  }

  @Test
  void filesMadeToFillTheMemory() throws IOException {
    List<byte[]> pieces = SmallBackup.get().forgery().pieces();
    byte[] header = zstd(pieces.getFirst());
    byte[] opening = zstd(pieces.get(1));
    byte[] comma = zstd(text(",\n"));
    byte[] zeros = zstd(new byte[16 << 20]);
    byte[] rows = new byte[15 << 20];
    rows[0] = '{';
    byte[] bomb = Forgery.joined(List.of(zstd(rows), comma));

    file("10 GB of zeros", repeated(zeros, 640), "NOT_A_BACKUP CORRUPTED");
    file("10 GB of zeros as one frame", tenGigabytes(), "NOT_A_BACKUP CORRUPTED");
    file(
        "10 GB after a header",
        Forgery.joined(List.of(header, repeated(zeros, 640))),
        "LAYOUT_DIFFERS CORRUPTED");
    file(
        "10 GB of rows",
        Forgery.joined(List.of(header, opening, repeated(bomb, 640))),
        "ROW_DAMAGED CORRUPTED");
    file(
        "a frame of 2^62 bytes",
        HexFormat.of().parseHex("28b52ffdc0000000000000000040010000"),
        "FRAME_TOO_LARGE CORRUPTED");
    file(
        "a frame of 2^63 bytes",
        HexFormat.of().parseHex("28b52ffdc0000000000000000080010000"),
        "NOT_A_BACKUP CORRUPTED");
    byte[] emptyBlocks = new byte[15 << 20];
    System.arraycopy(HexFormat.of().parseHex("28b52ffda000000001"), 0, emptyBlocks, 0, 9);
    file("empty blocks", emptyBlocks, "CUT_SHORT CORRUPTED");
    file(
        "empty blocks, no content",
        Forgery.joined(List.of(HexFormat.of().parseHex("28b52ffd2000"), new byte[1 << 20])),
        "FRAME_DAMAGED CORRUPTED");
    String deep = "{\n\"timestamp\":" + "[".repeat(3_000_000);
    file("deep nesting", zstd(text(deep)), "HEADER_DAMAGED CORRUPTED");
    file(
        "deep nesting, ended",
        zstd(text(deep + ",\n\"version\":\"4.0.0\",\n\"tables\":{\n")),
        "HEADER_DAMAGED CORRUPTED");
    file(
        "a million empty frames",
        repeated(zstd(new byte[0]), 1_000_000),
        "LAYOUT_DIFFERS CORRUPTED");
    file(
        "empty frames after a header",
        Forgery.joined(List.of(header, repeated(zstd(new byte[0]), 1_000_000))),
        "LAYOUT_DIFFERS CORRUPTED");
    file(
        "a million commas",
        Forgery.joined(List.of(header, repeated(comma, 1_000_000))),
        "LAYOUT_DIFFERS CORRUPTED");
    file(
        "a hundred thousand tiny frames",
        Forgery.joined(
            List.of(hollow(), repeated(Forgery.joined(List.of(zstd(text("{}")), comma)), 50_000))),
        "CUT_SHORT CORRUPTED");
    check();
  }

  /** A header and opening of nothing but rows without columns. */
  private static byte[] hollow() {
    Forgery forgery = SmallBackup.get().forgery();
    String tables =
        forgery.header.replaceFirst(
            "\"schema\":\\{\"tables\":\\[.*(\\{\"name\":\"hollow\".*?\"uniqueKeys\":\\[\\]\\}).*?\\],"
                + "\"relationships\":",
            "\"schema\":{\"tables\":[$1],\"relationships\":");
    return Forgery.joined(List.of(zstd(Forgery.bytes(tables)), zstd(text("\"hollow\":[\n"))));
  }

  /** One frame that does not state its size, of blocks that each repeat a zero 128 Ki times. */
  private static byte[] tenGigabytes() {
    byte[] start = HexFormat.of().parseHex("28b52ffd0058");
    byte[] block = HexFormat.of().parseHex("02001000");
    byte[] last = HexFormat.of().parseHex("03001000");
    return Forgery.joined(List.of(start, repeated(block, 10 * 8192 - 1), last));
  }

  /** What an index, or the metadata, says is never believed before it is compared with the file. */
  @Test
  void numbersThatLie() throws IOException {
    List<byte[]> pieces = SmallBackup.get().forgery().pieces();
    List<byte[]> frames = pieces.stream().map(NotABackupTest::zstd).toList();
    List<Long> lengths =
        new ArrayList<>(pieces.stream().map(piece -> (long) piece.length).toList());
    lengths.set(lengths.size() - 2, 1L << 40);
    file(
        "a large frame in the index",
        Forgery.indexed(frames, lengths),
        "INDEX_DIFFERS,SIGNER_UNKNOWN CORRUPTED");
    lengths.set(lengths.size() - 2, 2_000_000_000L);
    file(
        "a frame of 2 GB in the index",
        Forgery.indexed(frames, lengths),
        "INDEX_DIFFERS,SIGNER_UNKNOWN CORRUPTED");
    byte[] framed = Forgery.framed(pieces);
    byte[] end = Arrays.copyOf(framed, framed.length);
    end[framed.length - 10] = 0x7f;
    file("a long index", end, "INDEX_DIFFERS,SIGNER_UNKNOWN CORRUPTED");
    for (long bytes : List.of(2_000_000_000L, 1L << 62, -1L)) {
      Forgery header = SmallBackup.get().forgery();
      ((tools.jackson.databind.node.ObjectNode) header.metadata.path("hashes").path("header"))
          .put("bytes", bytes);
      file("a header of " + bytes + " bytes", header.plain(), "METADATA_DAMAGED CORRUPTED");
      file(
          "a header of " + bytes + " bytes, framed",
          header.framed(),
          "HEADER_DAMAGED,SIGNATURE_INVALID CORRUPTED");
      Forgery chunk = SmallBackup.get().forgery();
      ((tools.jackson.databind.node.ObjectNode) chunk.chunks().get(0)).put("at", bytes);
      file("a chunk at " + bytes, chunk.plain(), "METADATA_DAMAGED UNVERIFIED");
    }
    check();
  }
}
