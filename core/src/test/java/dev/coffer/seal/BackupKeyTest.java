package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupKeyTest {
  private static final Identity FIRST = Identity.generate();
  private static final Identity SECOND = Identity.generate();
  private static final byte[] SECRETS = "[\"opensesame\"]\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void eachRecipientOpensWhatWasSealed() {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient(), SECOND.recipient()));
    byte[] sealed = key.seal(SECRETS, 0, SECRETS.length);

    for (Identity identity : List.of(FIRST, SECOND)) {
      BackupOpener opener = BackupOpener.open(key.wrappedIdentity(), List.of(identity));
      assertThat(opener.open(sealed)).isEqualTo(SECRETS);
      assertThat(opener.key()).isEqualTo(key.key());
    }
    assertThat(key.recipients())
        .containsExactly(FIRST.recipient().toString(), SECOND.recipient().toString());
  }

  @Test
  void aStretchIsSealed() {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient()));

    byte[] sealed = key.seal(SECRETS, 2, 4);

    assertThat(BackupOpener.open(key.wrappedIdentity(), List.of(FIRST)).open(sealed))
        .isEqualTo(Arrays.copyOfRange(SECRETS, 2, 6));
  }

  @Test
  void piecesOfAnySizeSealAndOpenInSeveralThreads() {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient()));
    BackupOpener opener = BackupOpener.open(key.wrappedIdentity(), List.of(FIRST));

    assertThat(IntStream.of(0, 1, 65535, 65536, 65537, 131071, 131072, 1 << 20).parallel())
        .allSatisfy(length -> {
          byte[] plain = new byte[length];
          new Random(length).nextBytes(plain);
          assertThat(opener.open(key.seal(plain, 0, length))).isEqualTo(plain);
        });
  }

  @Test
  void theAgeCommandOpensItInTwoSteps() throws Exception {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient(), SECOND.recipient()));
    Path identity = folder.resolve("identity.txt");
    Path wrapped = folder.resolve("wrapped.age");
    Path ofBackup = folder.resolve("this-backup.txt");
    Path sealed = folder.resolve("sealed.age");
    Path plain = folder.resolve("plain");
    Files.writeString(identity, SECOND.fileText(Instant.now()));
    Files.write(wrapped, key.wrappedIdentity());
    Files.write(sealed, key.seal(SECRETS, 0, SECRETS.length));

    Command.run("age", "-d", "-i", name(identity), "-o", name(ofBackup), name(wrapped));
    Command.run("age", "-d", "-i", name(ofBackup), "-o", name(plain), name(sealed));

    assertThat(plain).hasBinaryContent(SECRETS);
    assertThat(Command.run("age-keygen", "-y", name(ofBackup))).isEqualTo(key.key() + "\n");
  }

  /** Which somebody may be given to open this backup and no other. */
  @Test
  void theBackupsOwnIdentityOpensIt() throws IOException {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient()));
    byte[] sealed = key.seal(SECRETS, 0, SECRETS.length);
    String unwrapped;
    try (InputStream age =
        AgeFile.decrypting(new ByteArrayInputStream(key.wrappedIdentity()), List.of(FIRST))) {
      unwrapped = new String(age.readAllBytes(), StandardCharsets.US_ASCII);
    }
    List<Identity> own = Identity.parse(unwrapped, "for-them");
    assertThat(own).hasSize(1);

    BackupOpener opener =
        BackupOpener.open(
            key.wrappedIdentity(), List.of(SECOND, own.getFirst()), key.key(), List.of());

    assertThat(opener.key()).isEqualTo(key.key());
    assertThat(opener.open(sealed)).isEqualTo(SECRETS);
  }

  @Test
  void anotherIdentityIsToldWhichWouldOpenIt() {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient()));

    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () -> BackupOpener.open(key.wrappedIdentity(), List.of(SECOND), "", key.recipients()));

    assertThat(failure.code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    assertThat(failure.fact()).contains(SECOND.recipient().toString());
    assertThat(failure.hint()).contains(FIRST.recipient().toString());
  }

  @Test
  void sealedPiecesOfAnotherBackupAndChangedOnesAreDamage() {
    BackupKey key = BackupKey.create(List.of(FIRST.recipient()));
    BackupOpener opener = BackupOpener.open(key.wrappedIdentity(), List.of(FIRST));
    byte[] foreign = BackupKey.create(List.of(FIRST.recipient())).seal(SECRETS, 0, SECRETS.length);
    assertThat(code(() -> opener.open(foreign))).isEqualTo(ErrorCode.BACKUP_DAMAGED);

    byte[] sealed = key.seal(SECRETS, 0, SECRETS.length);
    for (int at = 0; at < sealed.length; at++) {
      byte[] flipped = sealed.clone();
      flipped[at] ^= 0x20;
      assertThat(code(() -> opener.open(flipped)))
          .as("byte %d of %d", at, sealed.length)
          .isEqualTo(ErrorCode.BACKUP_DAMAGED);
    }
  }

  @Test
  void aChangedWrappedIdentityIsFound() {
    byte[] wrapped = BackupKey.create(List.of(FIRST.recipient())).wrappedIdentity();
    wrapped[wrapped.length - 1] ^= 1;

    assertThat(code(() -> BackupOpener.open(wrapped, List.of(FIRST))))
        .isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(code(() -> BackupOpener.open(new byte[0], List.of(FIRST))))
        .isEqualTo(ErrorCode.BACKUP_DAMAGED);
  }

  @Test
  void noRecipientsNoKey() {
    assertThat(code(() -> BackupKey.create(List.of()))).isEqualTo(ErrorCode.KEY_INVALID);
  }

  private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(CofferException.class, call).code();
  }

  private static String name(Path file) {
    return file.toString();
  }
}
