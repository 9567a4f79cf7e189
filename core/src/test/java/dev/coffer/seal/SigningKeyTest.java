package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final byte[] MESSAGE = "{\"totalRecords\":15247}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void opensslVerifiesWhatWeSign() throws Exception {
    SigningKey key = SigningKey.generate();
    Path publicKey = Files.writeString(folder.resolve("signing.pub"), key.verifyKey().pem());
    Path message = Files.write(folder.resolve("message"), MESSAGE);
    Path signature = Files.write(folder.resolve("signature"), key.sign(MESSAGE));

    String said =
        Command.run(
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            publicKey.toString(),
            "-rawin",
            "-in",
            message.toString(),
            "-sigfile",
            signature.toString());

    assertThat(said).contains("Signature Verified Successfully");
  }

  @Test
  void weVerifyWhatOpensslSigns() throws Exception {
    Path privateKey = folder.resolve("signing.key");
    Path message = Files.write(folder.resolve("message"), MESSAGE);
    Path signature = folder.resolve("signature");
    Command.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", privateKey.toString());
    String publicPem = Command.run("openssl", "pkey", "-in", privateKey.toString(), "-pubout");
    Command.run(
        "openssl",
        "pkeyutl",
        "-sign",
        "-inkey",
        privateKey.toString(),
        "-rawin",
        "-in",
        message.toString(),
        "-out",
        signature.toString());

    SigningKey read = SigningKey.parse(Files.readString(privateKey), "signing.key");

    assertThat(read.verifyKey()).isEqualTo(VerifyKey.parse(publicPem, "signing.pub"));
    assertThat(read.verifyKey().pem()).isEqualTo(publicPem);
    assertThat(read.pem()).isEqualTo(Files.readString(privateKey));
    assertThat(read.verifyKey().verifies(MESSAGE, Files.readAllBytes(signature))).isTrue();
    assertThat(read.sign(MESSAGE)).isEqualTo(Files.readAllBytes(signature));
  }

  @Test
  void partsAreSignedOneAfterAnother() {
    SigningKey key = SigningKey.generate();

    byte[] signature =
        key.sign(
            Arrays.copyOf(MESSAGE, 5), new byte[0], Arrays.copyOfRange(MESSAGE, 5, MESSAGE.length));

    assertThat(VerifyKey.ofRaw(key.verifyKey().raw()).verifies(MESSAGE, signature)).isTrue();
  }

  @Test
  void nothingElseVerifies() {
    SigningKey key = SigningKey.generate();
    byte[] signature = key.sign(MESSAGE);
    byte[] changed = MESSAGE.clone();
    changed[3] ^= 1;

    assertThat(key.verifyKey().verifies(changed, signature)).isFalse();
    assertThat(SigningKey.generate().verifyKey().verifies(MESSAGE, signature)).isFalse();
    assertThat(key.verifyKey().verifies(MESSAGE, new byte[0])).isFalse();
    assertThat(key.verifyKey().verifies(MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(key.verifyKey().verifies(MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
    for (int at = 0; at < signature.length; at++) {
      byte[] flipped = signature.clone();
      flipped[at] ^= 1;
      assertThat(key.verifyKey().verifies(MESSAGE, flipped)).as("byte %d", at).isFalse();
    }
  }

  @Test
  void theFingerprintKeyIsDerivedAsTheFormatSays() throws Exception {
    // The first secret key of RFC 8032, section 7.1.
    String seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    byte[] der = HexFormat.of().parseHex("302e020100300506032b657004220420" + seed);
    SigningKey key = SigningKey.parse(Pem.encode("PRIVATE KEY", der), "test");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(HexFormat.of().parseHex(seed), "HmacSHA256"));

    assertThat(key.fingerprintKey())
        .isEqualTo(mac.doFinal("coffer fingerprint 1".getBytes(StandardCharsets.US_ASCII)));
    assertThat(HexFormat.of().formatHex(key.verifyKey().raw()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }

  @Test
  void theKeyNamesItselfByItsPublicHalf() {
    SigningKey key = SigningKey.generate();

    assertThat(key.verifyKey().fingerprint()).matches("([0-9a-f]{4}-){4}[0-9a-f]{4}");
    assertThat(key.toString()).isEqualTo("signing key of " + key.verifyKey().fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ed448", "x25519"})
  void keysOfAnotherKindAreRefused(String algorithm) throws Exception {
    Path file = folder.resolve("other.key");
    String[] parts = algorithm.split(":", 2);
    Command.run("openssl", "genpkey", "-algorithm", parts[0], "-out", file.toString());
    String publicPem = Command.run("openssl", "pkey", "-in", file.toString(), "-pubout");
    String text = Files.readString(file);

    assertThat(code(() -> SigningKey.parse(text, "other.key"))).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(code(() -> VerifyKey.parse(publicPem, "other.pub")))
        .isEqualTo(ErrorCode.KEY_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThat(code(() -> SigningKey.parse(text, "signing.key"))).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(code(() -> VerifyKey.parse(text, "signing.pub"))).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(code(() -> VerifyKey.ofRaw(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(ErrorCode.KEY_INVALID);
  }

  private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(CofferException.class, call).code();
  }
}
