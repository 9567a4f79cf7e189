package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void agreesWithTheHmacOfTheJdk() throws Exception {
    Random random = new Random(7);
    for (int length = 1; length < 300; length += 7) {
      byte[] key = new byte[length];
      byte[] message = new byte[length * 3];
      random.nextBytes(key);
      random.nextBytes(message);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] expected = mac.doFinal(message);

      Fingerprint fingerprint = new Fingerprint(key);
      assertThat(fingerprint.whole(message)).as("length %d", length).isEqualTo(expected);
      assertThat(text(fingerprint, message))
          .isEqualTo(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(expected, 6)));
    }
  }

  @Test
  void takesAStretchAndWritesInPlace() {
    Fingerprint fingerprint = new Fingerprint(new byte[32]);
    byte[] message = "<users\n1\n[\"secret\"]>".getBytes(StandardCharsets.UTF_8);
    byte[] target = new byte[12];

    fingerprint.of(message, 1, message.length - 2, target, 2);

    byte[] inner = Arrays.copyOfRange(message, 1, message.length - 1);
    assertThat(new String(target, 2, Fingerprint.LENGTH, StandardCharsets.US_ASCII))
        .isEqualTo(text(fingerprint, inner));
    assertThat(new byte[] {target[0], target[1], target[10], target[11]}).containsOnly(0);
  }

  @Test
  void differsByKeyAndByMessage() {
    byte[] message = {1, 2, 3};
    byte[] otherKey = new byte[32];
    otherKey[31] = 1;

    assertThat(text(new Fingerprint(new byte[32]), message))
        .isNotEqualTo(text(new Fingerprint(otherKey), message))
        .isNotEqualTo(text(new Fingerprint(new byte[32]), new byte[] {1, 2, 4}));
  }

  private static String text(Fingerprint fingerprint, byte[] message) {
    byte[] target = new byte[Fingerprint.LENGTH];
    fingerprint.of(message, 0, message.length, target, 0);
    return new String(target, StandardCharsets.US_ASCII);
  }
}
