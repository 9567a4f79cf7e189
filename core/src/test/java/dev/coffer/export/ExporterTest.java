package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SeededRandom.class)
final class ExporterTest {
  @TempDir static Path keys;
  @TempDir static Path otherKeys;
  private static TestDatabase source;
  private static Fixture fixture;
  private static Path framed;
  private static Path plain;
  private static Path encrypted;

  @TempDir Path folder;
  private Path target;

  @BeforeAll
  static void create() {
    source = TestDatabase.create(Servers.debian15());
    source.execute(Scene.SECRETS);
    fixture = new Fixture(keys);
    framed = fixture.backup(source);
    plain = new Fixture(keys).plain().backup(source);
    encrypted = new Fixture(keys).encrypted().backup(source);
  }

  @AfterAll
  static void drop() {
    source.close();
  }

  @BeforeEach
  void choose() {
    target = folder.resolve("target");
  }

  private CofferException fails(Path file, ExportOptions options) {
    return catchThrowableOfType(
        CofferException.class, () -> Exporter.export(file, options, target, Progress.SILENT));
  }

  private static ExportOptions options(Format format, String... tables) {
    return new ExportOptions(format, List.of(tables), fixture.identities());
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFileIsReadableByItsOwnerAlone() throws IOException {
    Exporter.export(framed, options(Format.SQL), target, Progress.SILENT);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(target)).endsWith("-- The export is complete.\n");
    assertThat(fails(framed, options(Format.SQL)).code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(fails(framed, options(Format.CSV)).code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aMissingTableIsAnsweredWithThoseThatAreThere() throws IOException {
    for (Format format : Format.values()) {
      CofferException failure = fails(framed, options(format, "nowhere"));

      assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
      assertThat(failure.hint()).contains("plain, users");
    }
    nothingIsLeft();
  }

  @Test
  void csvOfSeveralTablesDoesNotFitAStream() {
    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () ->
                Exporter.export(
                    framed, options(Format.CSV), OutputStream.nullOutputStream(), Progress.SILENT));

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void theWrongIdentityOpensNothing() throws IOException {
    List<Identity> wrong = new Fixture(otherKeys).identities();
    ExportOptions options = new ExportOptions(Format.SQL, List.of(), wrong);

    assertThat(fails(framed, options).code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    assertThat(fails(encrypted, options).code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    ExportOptions none = new ExportOptions(Format.JSON, List.of(), List.of());
    assertThat(fails(encrypted, none).code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    nothingIsLeft();
  }

  @Test
  void aFailingTargetIsToldOf() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () -> Exporter.export(framed, options(Format.SQL), full, Progress.SILENT));

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
  }

  @Test
  void anInterruptLeavesNothing() throws IOException {
    for (Format format : Format.values()) {
      Thread.currentThread().interrupt();
      CofferException failure = fails(framed, options(format));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    }
    nothingIsLeft();
  }

  /** Whatever byte changes, an export fails or says the same; it never says something else. */
  @Test
  void damageNeverReachesAnExport(Random random) throws IOException {
    for (Path file : List.of(framed, plain, encrypted)) {
      byte[] good = Files.readAllBytes(file);
      for (Format format : List.of(Format.JSON, Format.SQL)) {
        ExportOptions options =
            new ExportOptions(
                format,
                format == Format.SQL ? List.of("plain", "users") : List.of(),
                fixture.identities());
        byte[] expected = export(file, options);
        for (int i = 0; i < 60; i++) {
          byte[] bad = good.clone();
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
          Path damaged = folder.resolve(file.getFileName().toString());
          Files.write(damaged, random.nextInt(10) == 0 ? Arrays.copyOf(bad, i) : bad);
          CofferException failure = fails(damaged, options);
          if (failure == null) {
            assertThat(Files.readAllBytes(target)).isEqualTo(expected);
            Files.delete(target);
          }
          Files.delete(damaged);
        }
      }
    }
    nothingIsLeft();
  }

  @Test
  void aDocumentWhoseVersionIsDamagedIsNoLegacyBackup() throws IOException {
    String changed = Files.readString(plain).replace("\"version\":\"4", "\"version\":\"3");
    Path damaged = Files.writeString(folder.resolve(plain.getFileName().toString()), changed);
    CofferException failure = fails(damaged, options(Format.JSON));
    BackupInfo listed = Inventory.info(damaged, List.of());
    Files.delete(damaged);

    assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(listed.state()).isEqualTo(BackupInfo.State.CORRUPTED);
    nothingIsLeft();
  }

  private static byte[] export(Path file, ExportOptions options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Exporter.export(file, options, bytes, Progress.SILENT);
    return bytes.toByteArray();
  }
}
