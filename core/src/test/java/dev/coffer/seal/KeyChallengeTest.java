package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That somebody holds a key can be shown without showing the key. */
final class KeyChallengeTest {
  private final Identity identity = Identity.generate();
  private final KeyChallenge challenge = KeyChallenge.forHolderOf(identity.recipient());

  @TempDir Path folder;

  @Test
  void theAgeCommandFindsTheAnswer() throws IOException, InterruptedException {
    Path key = Files.writeString(folder.resolve("identity.txt"), identity.fileText(Instant.EPOCH));
    Path riddle = Files.writeString(folder.resolve("challenge.age"), challenge.text());

    String answer = Command.run("age", "-d", "-i", key.toString(), riddle.toString());

    assertThat(answer.strip()).matches("[a-z2-9]{5}(-[a-z2-9]{5}){4}");
    assertThat(KeyChallenge.hash(answer)).isEqualTo(challenge.answerHash());
    assertThat(KeyChallenge.hash(" " + answer.toUpperCase(Locale.ROOT).replace("-", " – ")))
        .isEqualTo(challenge.answerHash());
    assertThat(KeyChallenge.hash(answer.strip() + "a")).isNotEqualTo(challenge.answerHash());
  }

  @Test
  void onlyTheRightIdentitySolvesIt() {
    assertThat(challenge.isSolvedBy(List.of(Identity.generate(), identity))).isTrue();
    assertThatThrownBy(() -> challenge.isSolvedBy(List.of(Identity.generate())))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN));
  }

  @Test
  void noTwoAreAlike() {
    KeyChallenge other = KeyChallenge.forHolderOf(identity.recipient());

    assertThat(other.answerHash()).isNotEqualTo(challenge.answerHash());
    assertThat(new KeyChallenge(other.text(), challenge.answerHash()).isSolvedBy(List.of(identity)))
        .isFalse();
  }
}
