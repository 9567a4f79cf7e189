package dev.coffer.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.audit.Actor;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose request it is. */
class CallerTest {

  @Test
  void everyPersonHasAnIdentityOfTheirOwn() {
    assertThat(caller(0, "ann").identity())
        .as("of the portal's admins")
        .isNotEqualTo(caller(0, "bob").identity())
        .isEqualTo(caller(0, "ann").identity());
    assertThat(caller(1, "ann").identity())
        .isNotEqualTo(caller(2, "ann").identity())
        .isNotEqualTo(caller(0, "ann").identity())
        .isEqualTo(caller(1, "ann").identity());
  }

  private static Caller caller(long account, String name) {
    return new Caller(new Actor(name, "192.0.2.1"), account, name, Set.of(), Optional.empty());
  }
}
