package dev.coffer.server.access.portal;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.StateForTests;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The accounts of a portal, without a server. */
public final class PortalForTests {
  private PortalForTests() {}

  /** Those of a server that protects nothing yet. */
  public static PortalAccounts none(StateForTests state) {
    ServerSettings settings =
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
    return new PortalAccounts(
        settings,
        new PortalSignIn(settings, state.client(), state.transaction()),
        InstantSource.system());
  }
}
