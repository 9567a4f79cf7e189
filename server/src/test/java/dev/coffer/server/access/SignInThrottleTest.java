package dev.coffer.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Guessing gets slow; a person who mistypes does not notice. */
class SignInThrottleTest {
  private Instant now = Instant.parse("2026-01-25T14:30:45Z");
  private final SignInThrottle throttle = new SignInThrottle(() -> now);

  private boolean attempt(String account, String address) {
    return throttle.begin(account, address).isEmpty();
  }

  @Test
  void afterFiveFailuresEachDoublesTheWait() {
    for (int failure = 0; failure < 5; failure++) {
      assertThat(attempt("ann", "192.0.2." + failure)).isTrue();
    }
    assertThat(throttle.begin(" ANN", "192.0.2.9")).contains(Duration.ofSeconds(30));
    now = now.plusSeconds(30);
    assertThat(attempt("ann", "192.0.2.9")).isTrue();
    assertThat(throttle.begin("ann", "192.0.2.9")).contains(Duration.ofSeconds(60));
    for (int failure = 0; failure < 20; failure++) {
      now = now.plus(Duration.ofMinutes(15));
      assertThat(attempt("ann", "198.51.100." + failure)).isTrue();
    }
    assertThat(throttle.begin("ann", "192.0.2.9")).contains(Duration.ofMinutes(15));
  }

  @Test
  void anAddressIsSlowedWhateverNamesItTries() {
    for (int failure = 0; failure < 20; failure++) {
      assertThat(attempt("user" + failure, "192.0.2.1")).isTrue();
    }

    assertThat(attempt("user99", "192.0.2.1")).isFalse();
    assertThat(attempt("user99", "192.0.2.2")).isTrue();
  }

  @Test
  void aNetworkOfTheNewAddressesIsOneAddress() {
    for (int failure = 0; failure < 20; failure++) {
      assertThat(attempt("user" + failure, "2001:db8:0:1::" + failure)).isTrue();
    }

    assertThat(attempt("user99", "2001:db8:0:1:ffff::99")).isFalse();
    assertThat(attempt("user99", "2001:db8:0:2::1")).isTrue();
  }

  @Test
  void aWaitIsWrittenDownOnceAndTheNextOneAgain() {
    for (int failure = 0; failure < 5; failure++) {
      attempt("ann", "192.0.2.1");
    }

    assertThat(throttle.tellsFirst("ann", "192.0.2.2")).isTrue();
    assertThat(throttle.tellsFirst("ann", "192.0.2.2")).isFalse();
    now = now.plusSeconds(30);
    assertThat(attempt("ann", "192.0.2.2")).isTrue();
    assertThat(throttle.tellsFirst("ann", "192.0.2.2")).isTrue();
  }

  @Test
  void successForgetsTheAccountsFailuresAndNotTheAddresss() {
    for (int round = 0; round < 20; round++) {
      attempt("guessed" + round, "192.0.2.1");
      now = now.plusSeconds(1);
      if (round < 19) {
        attempt("mine", "192.0.2.1");
        throttle.succeeded("mine", "192.0.2.1");
      }
    }

    assertThat(attempt("mine", "192.0.2.1")).isFalse();
    now = now.plus(Duration.ofHours(2));
    assertThat(attempt("mine", "192.0.2.1")).isTrue();
  }
}
