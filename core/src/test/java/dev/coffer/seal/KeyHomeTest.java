package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHomeTest {
  @TempDir Path folder;
  private KeyHome home;

  @BeforeEach
  void home() {
    home = KeyHome.at(folder.resolve("home"));
  }

  @Test
  void anEmptyHomeHasNothing() {
    assertThat(home.recipients()).isEmpty();
    assertThat(home.identity()).isEmpty();
    assertThat(home.hasSigningKey()).isFalse();
    assertThat(home.trustedSigners()).isEmpty();
    assertThat(code(home::signingKey)).isEqualTo(ErrorCode.KEY_MISSING);
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void generatesWhatAgeAndOpensslRead() throws Exception {
    KeyHome.Generated generated = home.generate();

    assertThat(generated.created())
        .containsExactly(
            home.identityFile(), home.recipientFile(), home.signingKeyFile(), home.verifyKeyFile());
    assertThat(Command.run("age-keygen", "-y", home.identityFile().toString()))
        .isEqualTo(generated.recipients().getFirst() + "\n")
        .isEqualTo(Files.readString(home.recipientFile()));
    assertThat(Command.run("openssl", "pkey", "-in", home.signingKeyFile().toString(), "-pubout"))
        .isEqualTo(Files.readString(home.verifyKeyFile()));
    assertThat(home.trustedSigners())
        .containsExactly(home.signingKey().verifyKey())
        .containsExactly(generated.verifyKey());
    assertThat(Files.readString(home.identityFile()))
        .matches("# created: \\S+Z\n# public key: age1\\S+\nAGE-SECRET-KEY-1\\S+\n");
  }

  @Test
  void privateFilesAreTheirOwnersAlone() throws IOException {
    home.generate();

    assertThat(permissions(home.identityFile())).isEqualTo("rw-------");
    assertThat(permissions(home.signingKeyFile())).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("home/keys"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder.resolve("home/keys"))) {
      assertThat(files).as("nothing is left aside").hasSize(4);
    }
  }

  @Test
  void existingKeysAreKept() throws IOException {
    home.generate();
    String identity = Files.readString(home.identityFile());
    String signingKey = Files.readString(home.signingKeyFile());

    assertThat(home.generate().created()).isEmpty();
    assertThat(code(home::generateAll)).isEqualTo(ErrorCode.TARGET_EXISTS);

    assertThat(home.identityFile()).hasContent(identity);
    assertThat(home.signingKeyFile()).hasContent(signingKey);
  }

  @Test
  void anIdentityKeptElsewhereIsNotReplaced() throws IOException {
    home.generateAll();
    List<Recipient> recipients = home.recipients();
    Files.delete(home.identityFile());

    assertThat(home.generate().created()).isEmpty();

    assertThat(home.identityFile()).doesNotExist();
    assertThat(home.recipients()).isEqualTo(recipients);
  }

  @Test
  void publicHalvesAreDerivedFromPrivateOnes() throws IOException {
    KeyHome.Generated before = home.generate();
    Files.delete(home.recipientFile());
    Files.delete(home.verifyKeyFile());

    KeyHome.Generated after = home.generate();

    assertThat(after.created()).containsExactly(home.recipientFile(), home.verifyKeyFile());
    assertThat(after.recipients()).isEqualTo(before.recipients());
    assertThat(after.verifyKey()).isEqualTo(before.verifyKey());
  }

  @Test
  void aSigningKeyThatWentMissingIsNotReplacedInSilence() throws IOException {
    home.generate();
    Files.delete(home.signingKeyFile());

    assertThat(code(home::generate)).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(home.hasSigningKey()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwxrwxrwx", "rw--w----"})
  void anExposedPrivateFileIsRefusedWithWhatMendsIt(String permissions) throws Exception {
    home.generate();
    for (Path file : List.of(home.identityFile(), home.signingKeyFile())) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    CofferException failure = catchThrowableOfType(CofferException.class, home::identity);

    assertThat(failure.code()).isEqualTo(ErrorCode.PRIVATE_FILE_EXPOSED);
    assertThat(failure.fact()).contains(permissions);
    assertThat(failure.hint()).contains("chmod 600 '" + home.identityFile() + "'");
    assertThat(code(home::signingKey)).isEqualTo(ErrorCode.PRIVATE_FILE_EXPOSED);
    assertThat(home.recipients()).as("public files are not affected").hasSize(1);
  }

  @Test
  void severalRecipientsSealTogether() throws IOException {
    Identity inTheSafe = Identity.generate();
    home.generate();
    Files.writeString(
        home.recipientFile(),
        Files.readString(home.recipientFile()) + "# in the safe\n" + inTheSafe.recipient() + "\n");

    BackupKey key = BackupKey.create(home.recipients());

    assertThat(key.recipients()).hasSize(2);
    assertThat(BackupOpener.open(key.wrappedIdentity(), List.of(inTheSafe)).key())
        .isEqualTo(BackupOpener.open(key.wrappedIdentity(), home.identities()).key());
  }

  @Test
  void anEmptyRecipientFileIsNotTakenForNone() throws IOException {
    home.generate();
    Files.writeString(home.recipientFile(), "# nobody\n");

    assertThat(code(home::recipients)).isEqualTo(ErrorCode.KEY_INVALID);
  }

  @Test
  void othersSignersAreTrustedByTheirFiles() throws IOException {
    VerifyKey other = SigningKey.generate().verifyKey();
    home.generate();
    Files.createDirectory(home.trustedFolder());
    Files.writeString(home.trustedFolder().resolve("office.pub"), other.pem());
    Files.writeString(home.trustedFolder().resolve("same.pub"), other.pem());
    Files.writeString(home.trustedFolder().resolve("README"), "not a key");

    assertThat(home.trustedSigners()).containsExactly(home.signingKey().verifyKey(), other);

    Files.writeString(home.trustedFolder().resolve("broken.pub"), "not a key");
    assertThat(code(home::trustedSigners)).isEqualTo(ErrorCode.KEY_INVALID);
  }

  @Test
  void aFolderOfTheNameOfAKeyOrAHugeFileIsRefused() throws IOException {
    Files.createDirectories(home.recipientFile());
    assertThat(code(home::recipients)).isEqualTo(ErrorCode.FILE_UNREADABLE);

    Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);
    assertThat(code(() -> Identity.read(huge))).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(code(() -> Identity.read(folder.resolve("none")))).isEqualTo(ErrorCode.KEY_MISSING);
  }

  @Test
  void aHomeThatCannotBeWrittenIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(code(() -> KeyHome.at(file).generate())).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
  }

  @Test
  void threadsThatGenerateAtOnceAgree() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<KeyHome.Generated>> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        results.add(
            executor.submit(() -> {
              start.await(10, TimeUnit.SECONDS);
              return home.generate();
            }));
      }
    }

    List<Path> created = new ArrayList<>();
    for (Future<KeyHome.Generated> result : results) {
      assertThat(result.get().recipients()).isEqualTo(home.recipients());
      assertThat(result.get().verifyKey()).isEqualTo(home.signingKey().verifyKey());
      created.addAll(result.get().created());
    }
    assertThat(created).as("each file has one creator").hasSize(4).doesNotHaveDuplicates();
    assertThat(home.identity().orElseThrow().recipient()).isEqualTo(home.recipients().getFirst());
    assertThat(home.trustedSigners()).containsExactly(home.signingKey().verifyKey());
  }

  @Test
  void processesThatGenerateAtOnceAgree() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<Process> processes = new ArrayList<>();
    for (int process = 0; process < 2; process++) {
      processes.add(
          new ProcessBuilder(
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-XX:TieredStopAtLevel=1",
                  Generating.class.getName(),
                  folder.resolve("home").toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(home.identity().orElseThrow().recipient()).isEqualTo(home.recipients().getFirst());
    assertThat(home.trustedSigners()).containsExactly(home.signingKey().verifyKey());
  }

  /** What each of the processes does. */
  static final class Generating {
    private Generating() {}

    public static void main(String[] arguments) {
      KeyHome.at(Path.of(arguments[0])).generate();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static ErrorCode code(ThrowingCallable call) {
    return catchThrowableOfType(CofferException.class, call).code();
  }
}
