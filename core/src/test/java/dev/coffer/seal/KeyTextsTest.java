package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of age keys: what is accepted, and that a refusal never quotes a secret. */
class KeyTextsTest {
  private static final Identity IDENTITY = Identity.generate();
  private static final String SECRET =
      IDENTITY.fileText(java.time.Instant.EPOCH).lines().toList().getLast();

  @Test
  void recipientsStandOneToALine() {
    Recipient other = Identity.generate().recipient();
    String text =
        "# ours\r\n"
            + IDENTITY.recipient()
            + "\r\n\n  # the safe\n  "
            + other
            + "  \n"
            + IDENTITY.recipient()
            + "\n";

    assertThat(Recipient.parseAll(text, "recipient.txt"))
        .containsExactly(IDENTITY.recipient(), other);
  }

  @Test
  void identitiesStandOneToALine() {
    Identity other = Identity.generate();
    String text =
        IDENTITY.fileText(java.time.Instant.EPOCH) + "\n" + other.fileText(java.time.Instant.EPOCH);

    assertThat(Identity.parse(text, "identity.txt"))
        .extracting(Identity::recipient)
        .containsExactly(IDENTITY.recipient(), other.recipient());
    assertThat(text).startsWith("# created: 1970-01-01T00:00:00Z\n# public key: age1");
  }

  static Stream<String> notRecipients() {
    String good = IDENTITY.recipient().toString();
    return Stream.of(
        "",
        "age1",
        good.substring(0, good.length() - 1),
        good + "q",
        good.substring(0, 10) + "b" + good.substring(11),
        good.toUpperCase(Locale.ROOT),
        flip(good, 20),
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE",
        "age1yubikey1qg8ffk5v8wx4y",
        // The neutral point: whatever is encrypted to it, everybody can read.
        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs3290gq",
        "Grüße",
        SECRET);
  }

  @ParameterizedTest
  @MethodSource("notRecipients")
  void whatIsNotARecipientIsRefused(String text) {
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> Recipient.parse(text));

    assertThat(failure.code()).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(failure.getMessage()).doesNotContain(SECRET);
  }

  static Stream<String> notIdentities() {
    return Stream.of(
        "",
        "# nothing",
        SECRET.substring(0, SECRET.length() - 1),
        SECRET.toLowerCase(Locale.ROOT),
        flip(SECRET, 30),
        IDENTITY.recipient().toString(),
        "AGE-PLUGIN-YUBIKEY-1QQQQ",
        "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 18\n",
        SECRET + "\nnonsense");
  }

  @ParameterizedTest
  @MethodSource("notIdentities")
  void whatIsNotAnIdentityIsRefusedWithoutQuotingIt(String text) {
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> Identity.parse(text, "identity.txt"));

    assertThat(failure.code()).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(failure.getMessage()).doesNotContain(SECRET.substring(20, 40));
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void aWrongLineIsNamedByItsNumber() {
    assertThat(
            catchThrowableOfType(
                    CofferException.class,
                    () -> Recipient.parseAll("# ours\n\nnonsense\n", "recipient.txt"))
                .fact())
        .isEqualTo("Line 3 of recipient.txt is not an age recipient");
  }

  @Test
  void tooManyRecipientsAreRefused() {
    assertThat(
            catchThrowableOfType(
                    CofferException.class,
                    () ->
                        Recipient.checked(
                            java.util.Collections.nCopies(501, IDENTITY.recipient()), "the list"))
                .code())
        .isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(
            BackupKey.create(
                    Stream.generate(Identity::generate).limit(20).map(Identity::recipient).toList())
                .recipients())
        .hasSize(20);
  }

  @Test
  void theHighestNumberOfRecipientsFitsTheHeader() throws Exception {
    List<Recipient> most = java.util.Collections.nCopies(500, IDENTITY.recipient());
    java.io.ByteArrayOutputStream target = new java.io.ByteArrayOutputStream();

    AgeFile.encrypting(target, most).close();

    assertThat(target.size()).isLessThan(64 * 1024);
  }

  @Test
  void anIdentityDoesNotShowItself() {
    assertThat(IDENTITY.toString())
        .isEqualTo("identity of " + IDENTITY.recipient())
        .doesNotContain(SECRET);
  }

  /** Another letter of the alphabet in one place. */
  private static String flip(String text, int at) {
    char other = Character.toUpperCase(text.charAt(at)) == 'Q' ? 'p' : 'q';
    boolean upper = Character.isUpperCase(text.charAt(0));
    return text.substring(0, at)
        + (upper ? Character.toUpperCase(other) : other)
        + text.substring(at + 1);
  }
}
