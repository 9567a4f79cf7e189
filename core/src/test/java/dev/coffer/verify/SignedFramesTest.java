package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.coffer.archive.ChunkLines;
import dev.coffer.archive.Compression;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.Backups;
import dev.coffer.chunk.TableHash;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.Fixture;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Frames that were signed as they are stored are compared that way, and others by their rows. */
final class SignedFramesTest {
  private static final SmallBackup BACKUP = SmallBackup.get();

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("document.json.zst"), bytes);
  }

  private static OpenedBackup open(Path file) {
    return OpenedBackup.open(file, BACKUP.identities());
  }

  private static Table users(OpenedBackup backup) {
    return backup.header().schema().tables().stream()
        .filter(table -> table.logicalName().equals("users"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rows(OpenedBackup backup) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int place : backup.chunks(users(backup))) {
      backup.rows(
          users(backup),
          place,
          row ->
              lines.add(
                  Forgery.text(row.line()).substring(row.from(), row.to())
                      + Forgery.text(row.secrets()).substring(row.secretsFrom(), row.secretsTo())));
    }
    return lines;
  }

  @Test
  void aBackupSignsItsFramesAndATextHasNone() throws IOException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SmallBackup.fill(database);
      Path framed = new Fixture(folder.resolve("framed")).backup(database);
      try (OpenedBackup backup = OpenedBackup.open(framed, List.of())) {
        assertThat(backup.signsFrames()).isTrue();
        assertThat(backup.metadata().indexSha256()).isPresent();
      }
      KeyHome keys = KeyHome.at(folder.resolve("keys"));
      assertThat(SmallBackup.request(database, folder, keys).compression())
          .isEqualTo(Compression.NONE);
      Path plain =
          Backups.take(SmallBackup.request(database, folder, keys), Progress.SILENT).file();
      try (OpenedBackup backup = OpenedBackup.open(plain, List.of())) {
        assertThat(backup.signsFrames()).isFalse();
        assertThat(backup.metadata().indexSha256()).isEmpty();
      }
    }
  }

  @Test
  void rowsAreTheSameHoweverTheyAreCompared() throws IOException {
    TableHash sum = new TableHash();
    try (OpenedBackup signed = open(file(BACKUP.framed()));
        OpenedBackup unsigned =
            open(Files.write(folder.resolve("unsigned.json.zst"), BACKUP.forgery().framed()))) {
      assertThat(signed.signsFrames()).isTrue();
      assertThat(unsigned.signsFrames()).isFalse();
      assertThat(rows(signed)).hasSize(8).isEqualTo(rows(unsigned));
      for (int place : signed.chunks(users(signed))) {
        signed.rows(users(signed), place, Optional.of(sum), row -> {});
      }
      assertThat(sum.hex()).isEqualTo(signed.metadata().integrityHashes().get("users"));
    }
  }

  /** The same text in other frames: stored by somebody else, which is nobody's fault. */
  @Test
  void aDocumentStoredAnewIsComparedByItsRows() throws IOException {
    Forgery forgery = BACKUP.forgery().signFrames(BACKUP.signingKey());
    List<byte[]> pieces = forgery.pieces();
    List<byte[]> frames = pieces.stream().map(piece -> Zstd.compress(piece, 19)).toList();
    byte[] anew =
        Forgery.indexed(frames, pieces.stream().map(piece -> (long) piece.length).toList());
    assertThat(anew).isNotEqualTo(BACKUP.framed());
    Path file = file(anew);
    assertThat(Verifier.verify(file, BACKUP.options(), Progress.SILENT).findings()).isEmpty();
    try (OpenedBackup backup = open(file)) {
      assertThat(backup.signsFrames()).isFalse();
      assertThat(rows(backup)).hasSize(8);
      assertThat(backup.checkStored()).isTrue();
      assertThat(backup.hasRead(backup.chunks(users(backup)).getLast())).isTrue();
    }
  }

  /** What a forger can do who cannot sign: change a row, and make frames and index anew. */
  @Test
  void aForgedRowIsFoundThoughItsIndexFits() throws IOException {
    Forgery forgery = BACKUP.forgery().signFrames(BACKUP.signingKey());
    forgery
        .table("users")
        .chunks()
        .getFirst()
        .replaceAll(row -> row.replace("\"id\":1,", "\"id\":9,"));
    try (OpenedBackup backup = open(file(forgery.framed()))) {
      assertThat(backup.signsFrames()).isFalse();
      assertThat(backup.checkStored()).isTrue();
      assertThat(backup.hasRead(backup.chunks(users(backup)).getFirst())).isFalse();
      assertThatThrownBy(() -> rows(backup)).satisfies(SignedFramesTest::isDamage);
    }
  }

  private static void isDamage(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED));
  }

  @Test
  void nothingIsLeftToReadOnceAllFramesWereCompared() throws IOException {
    try (OpenedBackup backup = open(file(BACKUP.framed()))) {
      int chunks = backup.metadata().chunks().size();
      for (int place = 0; place < chunks; place++) {
        assertThat(backup.hasRead(place)).isFalse();
      }
      assertThat(backup.checkStored()).isTrue();
      for (int place = 0; place < chunks; place++) {
        assertThat(backup.hasRead(place)).isTrue();
      }
    }
  }

  /** Two threads share the frames. */
  @Test
  void damageInAnyFrameIsFoundBeforeAnythingIsRead() throws IOException {
    byte[] framed = BACKUP.framed();
    List<Integer> starts = Forgery.frameStarts(framed);
    assertThat(starts).hasSizeGreaterThan(6);
    for (int at : starts.subList(0, starts.size() - 1)) {
      byte[] damaged = framed.clone();
      damaged[at + 6] ^= 1;
      Path file = file(damaged);
      assertThatThrownBy(
              () -> {
                try (OpenedBackup backup = open(file)) {
                  backup.checkStored();
                }
              })
          .satisfies(SignedFramesTest::isDamage);
    }
  }

  @Test
  void aFrameThatChangesAfterwardsIsFoundWhenItIsRead() throws IOException {
    byte[] bytes = BACKUP.framed();
    Path file = file(bytes);
    try (OpenedBackup backup = open(file)) {
      assertThat(backup.checkStored()).isTrue();
      for (int at : Forgery.frameStarts(bytes)) {
        bytes[at + 6] ^= 1;
      }
      Files.write(file, bytes);
      assertThatThrownBy(() -> rows(backup)).satisfies(SignedFramesTest::isDamage);
    }
  }

  @Test
  void anotherFileInItsPlaceIsNotReadOnFrom() throws IOException {
    Path file = file(BACKUP.framed());
    try (OpenedBackup backup = open(file)) {
      try (OpenedBackup again = backup.again()) {
        assertThat(rows(again)).isEqualTo(rows(backup));
      }
      Forgery other = BACKUP.forgery();
      other.table("users").chunks().getFirst().removeFirst();
      Files.write(file, other.rehash().signFrames(BACKUP.signingKey()).framed());
      try (OpenedBackup again = backup.again()) {
        assertThatThrownBy(() -> rows(again)).satisfies(SignedFramesTest::isDamage);
      }
    }
  }

  @Test
  void moreRowsThanThereAreIsDamage() throws IOException {
    Forgery forgery = BACKUP.forgery();
    for (long rows : List.of(-1L, 1L, 4L, 1L << 40)) {
      forgery.rehash();
      ((ObjectNode) forgery.chunks().get(0)).put("rows", rows);
      try (OpenedBackup backup = open(file(forgery.signFrames(BACKUP.signingKey()).framed()))) {
        assertThat(backup.signsFrames()).isTrue();
        Table first = backup.header().schema().tables().getFirst();
        ChunkLines lines = new ChunkLines();
        assertThatThrownBy(() -> backup.lines(first, 0, lines))
            .satisfies(SignedFramesTest::isDamage);
        assertThatThrownBy(
                () -> {
                  backup.unconfirmed(first, 0, lines);
                  backup.confirm(0, lines);
                })
            .satisfies(SignedFramesTest::isDamage);
      }
    }
  }

  /** Signed with all hashes that fit, so that the grammar alone can find it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"%s,", "%s,\n", "%s\n", "%s}", "%s x", " %s", "%s,\n,", "%s\n%1$s", "{%s"})
  void whatStandsBetweenRowsAndIsNoneIsDamage(String change) throws IOException {
    for (boolean last : List.of(false, true)) {
      Forgery forgery = BACKUP.forgery();
      List<String> chunk = forgery.table("users").chunks().getLast();
      assertThat(chunk).hasSizeGreaterThan(1);
      int place = last ? chunk.size() - 1 : 0;
      chunk.set(place, change.formatted(chunk.get(place)));
      forgery.rehash();
      Path signed = file(forgery.signFrames(BACKUP.signingKey()).framed());
      Path unsigned = Files.write(folder.resolve("plain.json"), forgery.plain());
      for (Path file : List.of(signed, unsigned)) {
        assertThat(Verifier.verify(file, BACKUP.options(), Progress.SILENT).sound()).isFalse();
        try (OpenedBackup backup = open(file)) {
          assertThat(backup.signsFrames()).isEqualTo(file.equals(signed));
          assertThatThrownBy(() -> rows(backup)).satisfies(SignedFramesTest::isDamage);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\\[0,)=>(0,",
        "(\\[0,)=>[00,",
        "(\\[0,)=>[1234567890123456789,",
        "(\\[0,)=>[99999999999999999999,",
        "(\\[0,)=>[-1,",
        "(\\[0,)=>[,",
        "(,\"[0-9a-f])=>,\"g",
        "(,\"[0-9a-f])=>,\"",
        "(\"\\],\\[)=>\"],,[",
        "(\"\\],\\[)=>\"][",
        "(\\]\\}$)=>]",
        "(\\]\\}$)=>,]}",
        "(\"frames\":\\[.*)=>\"frames\":[",
      })
  void anIndexThatNoWriterMakesIsDamage(String change) throws IOException {
    byte[] framed = BACKUP.framed();
    int indexAt = Forgery.frameStarts(framed).getLast();
    String index = Forgery.text(Arrays.copyOfRange(framed, indexAt + 8, framed.length - 44));
    String[] parts = change.split("=>", 2);
    String changed = index.replaceFirst(parts[0], parts[1]);
    assertThat(changed).isNotEqualTo(index);
    byte[] before = Arrays.copyOf(framed, indexAt);
    open(file(Forgery.joined(List.of(before, Forgery.index(Forgery.bytes(index)))))).close();
    Path file = file(Forgery.joined(List.of(before, Forgery.index(Forgery.bytes(changed)))));
    assertThatThrownBy(() -> open(file)).satisfies(SignedFramesTest::isDamage);
  }
}
