package dev.coffer.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.StateForTests;
import dev.coffer.server.idempotency.IdempotentRequests.Known;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory of keys, on both kinds of state. */
class IdempotentRequestsTest {
  private static final ServerSettings SETTINGS =
      new ServerSettings(
          "127.0.0.1",
          0,
          Path.of("home"),
          Path.of("backups"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofMinutes(30),
          false,
          "test");

  @Test
  void whoComesAgainWaitsForAWhileAndNotForEver() {
    try (StateForTests state = StateForTests.open(StateForTests.Kind.H2)) {
      IdempotentRequests requests =
          new IdempotentRequests(state.client(), InstantSource.system(), SETTINGS);
      assertThat(requests.begin("a", "asked", Duration.ofDays(1))).isInstanceOf(Known.First.class);

      assertThat(requests.begin("a", "asked", Duration.ofMillis(150)))
          .isInstanceOf(Known.Underway.class);

      requests.answered("a", 200, Optional.empty(), "sealed");
      assertThat(requests.begin("a", "asked", Duration.ofMillis(150)))
          .isInstanceOf(Known.Answered.class);
      requests.stop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsRememberedForADay(StateForTests.Kind kind) {
    Instant begin = Instant.parse("2026-01-25T14:30:45Z");
    AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> begin.plus(Objects.requireNonNull(passed.get()));
    try (StateForTests state = StateForTests.open(kind)) {
      IdempotentRequests requests = new IdempotentRequests(state.client(), clock, SETTINGS);
      assertThat(requests.begin("a", "asked")).isInstanceOf(Known.First.class);
      assertThat(requests.begin("a", "asked")).isInstanceOf(Known.Underway.class);
      assertThat(requests.begin("a", "other")).isInstanceOf(Known.Another.class);
      requests.answered("a", 202, Optional.of("/place"), "sealed");
      assertThat(requests.begin("a", "asked"))
          .isEqualTo(new Known.Answered(202, Optional.of("/place"), "sealed"));

      assertThat(requests.begin("b", "asked")).isInstanceOf(Known.First.class);
      requests.released("b");
      assertThat(requests.begin("b", "other")).isInstanceOf(Known.First.class);
      passed.set(Duration.ofSeconds(61));
      assertThat(requests.begin("b", "again"))
          .as("which is another")
          .isInstanceOf(Known.Another.class);
      assertThat(requests.begin("b", "other"))
          .as("whose server gave no sign of life: it may have done it")
          .isInstanceOf(Known.Unknown.class);
      passed.set(Duration.ofHours(25));
      assertThat(requests.begin("a", "other")).isInstanceOf(Known.First.class);
      IdempotentRequests next = new IdempotentRequests(state.client(), clock, SETTINGS);
      assertThat(next.begin("a", "other"))
          .as("whose server was killed: it may have done it")
          .isInstanceOf(Known.Unknown.class);
      requests.stop();
      next.stop();
    }
  }
}
