package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeFileTest {
  private static final Identity IDENTITY = Identity.generate();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 65535, 65536, 65537, 131072, 300_000})
  void theAgeCommandReadsWhatWeWrite(int length) throws Exception {
    byte[] content = content(length);
    Path encrypted = folder.resolve("ours.age");
    Path identity = folder.resolve("identity.txt");
    Path decrypted = folder.resolve("plain");
    Files.write(encrypted, encrypt(content, IDENTITY));
    Files.writeString(identity, IDENTITY.fileText(java.time.Instant.EPOCH));

    Command.run(
        "age", "-d", "-i", identity.toString(), "-o", decrypted.toString(), encrypted.toString());

    assertThat(decrypted).hasBinaryContent(content);
    assertThat(decrypt(Files.readAllBytes(encrypted), IDENTITY)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65536, 300_000})
  void weReadWhatTheAgeCommandWrites(int length) throws Exception {
    byte[] content = content(length);
    Path plain = Files.write(folder.resolve("plain"), content);
    Path encrypted = folder.resolve("theirs.age");
    Path keys = folder.resolve("theirs.txt");
    Command.run("age-keygen", "-o", keys.toString());
    Identity theirs = Identity.read(keys).getFirst();

    Command.run(
        "age",
        "-r",
        IDENTITY.recipient().toString(),
        "-r",
        theirs.recipient().toString(),
        "-o",
        encrypted.toString(),
        plain.toString());

    byte[] ageFile = Files.readAllBytes(encrypted);
    assertThat(AgeFile.looksLikeAge(ageFile)).isTrue();
    assertThat(decrypt(ageFile, IDENTITY)).isEqualTo(content);
    assertThat(decrypt(ageFile, theirs)).isEqualTo(content);
    assertThat(decrypt(ageFile, Identity.generate(), theirs)).isEqualTo(content);
  }

  @Test
  void everyFlippedByteIsFound() throws Exception {
    byte[] ageFile = encrypt(content(100), IDENTITY);

    for (int at = 0; at < ageFile.length; at++) {
      byte[] flipped = ageFile.clone();
      flipped[at] ^= 1;
      ErrorCode found = failure(flipped, IDENTITY).code();
      assertThat(found)
          .as("byte %d of %d", at, ageFile.length)
          .isIn(ErrorCode.BACKUP_DAMAGED, ErrorCode.KEY_DOES_NOT_OPEN);
      if (at < 22 || at > ageFile.length - 160) {
        assertThat(found)
            .as("byte %d of %d", at, ageFile.length)
            .isEqualTo(ErrorCode.BACKUP_DAMAGED);
      }
    }
  }

  @Test
  void everyCutOfASmallFileIsFound() throws Exception {
    byte[] ageFile = encrypt(content(100), IDENTITY);

    for (int length = 0; length < ageFile.length; length++) {
      assertThat(failure(Arrays.copyOf(ageFile, length), IDENTITY).code())
          .as("cut to %d of %d bytes", length, ageFile.length)
          .isIn(ErrorCode.BACKUP_DAMAGED, ErrorCode.KEY_DOES_NOT_OPEN);
    }
  }

  @Test
  void cutsAndAdditionsAtThePiecesOfALargeFileAreFound() throws Exception {
    byte[] ageFile = encrypt(content(3 * 65536), IDENTITY);
    int header = ageFile.length - 3 * (65536 + 16);

    for (int pieces = 0; pieces < 3; pieces++) {
      int length = header + pieces * (65536 + 16);
      assertThat(failure(Arrays.copyOf(ageFile, length), IDENTITY).code())
          .as("%d pieces left", pieces)
          .isEqualTo(ErrorCode.BACKUP_DAMAGED);
    }
    assertThat(failure(Arrays.copyOf(ageFile, ageFile.length + 1), IDENTITY).code())
        .isEqualTo(ErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void nothingIsReadAfterDamage() throws Exception {
    byte[] ageFile = encrypt(content(3 * 65536), IDENTITY);
    ageFile[ageFile.length - 1] ^= 1;

    try (InputStream stream =
        AgeFile.decrypting(new ByteArrayInputStream(ageFile), List.of(IDENTITY))) {
      byte[] target = new byte[3 * 65536];
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(
                catchThrowableOfType(
                        CofferException.class, () -> stream.readNBytes(target, 0, target.length))
                    .code())
            .isEqualTo(ErrorCode.BACKUP_DAMAGED);
      }
    }
  }

  @Test
  void anotherIdentityDoesNotOpenIt() throws Exception {
    byte[] ageFile = encrypt(content(100), IDENTITY);
    Identity other = Identity.generate();

    CofferException failure = failure(ageFile, other);

    assertThat(failure.code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    assertThat(failure.fact()).contains(other.recipient().toString());
    assertThat(failure(ageFile).code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
  }

  @Test
  void failuresOfTheSourceAreNotTakenForDamage() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("the disk");
          }
        };

    assertThat(
            catchThrowableOfType(
                IOException.class, () -> AgeFile.decrypting(failing, List.of(IDENTITY)).close()))
        .hasMessage("the disk");
  }

  @Test
  void otherFilesDoNotLookLikeAge() {
    assertThat(AgeFile.looksLikeAge(new byte[0])).isFalse();
    assertThat(AgeFile.looksLikeAge("{\"timestamp\":\"2026-01-25".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(AgeFile.looksLikeAge("age-encryption.org/v1".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static byte[] encrypt(byte[] content, Identity... identities) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    List<Recipient> recipients = Arrays.stream(identities).map(Identity::recipient).toList();
    try (OutputStream stream = AgeFile.encrypting(target, recipients)) {
      stream.write(content);
    }
    return target.toByteArray();
  }

  private static byte[] decrypt(byte[] ageFile, Identity... identities) throws IOException {
    try (InputStream stream =
        AgeFile.decrypting(new ByteArrayInputStream(ageFile), List.of(identities))) {
      return stream.readAllBytes();
    }
  }

  private static CofferException failure(byte[] ageFile, Identity... identities) {
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> decrypt(ageFile, identities));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }
}
