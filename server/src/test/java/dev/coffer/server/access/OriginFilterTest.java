package dev.coffer.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which origin is the server's own, also behind a proxy, which says how it is called. */
class OriginFilterTest {
  private static boolean foreign(String own, String origin) {
    return OriginFilter.isForeign(own, Optional.of(origin), Optional.empty());
  }

  @Test
  void theUsualPortIsTheSameAsNone() {
    String behindProxy = OriginFilter.origin("https", "Coffer.example.org", 443);
    assertThat(foreign(behindProxy, "https://coffer.example.org")).isFalse();
    assertThat(foreign(behindProxy, "https://coffer.example.org:443")).isFalse();
    assertThat(foreign(behindProxy, "https://coffer.example.org:8443")).isTrue();
    assertThat(foreign(behindProxy, "http://coffer.example.org")).isTrue();
    assertThat(foreign(OriginFilter.origin("http", "[::1]", 8080), "http://[::1]:8080")).isFalse();
  }

  @Test
  void aBrowserThatCallsItItsOwnIsBelieved() {
    assertThat(
            OriginFilter.isForeign(
                "https://coffer.example.org",
                Optional.of("https://coffer.example.org:8443"),
                Optional.of("same-origin")))
        .isFalse();
    assertThat(
            OriginFilter.isForeign(
                "https://coffer.example.org",
                Optional.of("https://coffer.example.org"),
                Optional.of("cross-site")))
        .isTrue();
  }
}
