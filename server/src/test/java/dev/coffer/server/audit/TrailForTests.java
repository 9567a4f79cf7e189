package dev.coffer.server.audit;

import dev.coffer.server.StateForTests;
import java.time.InstantSource;

/** An audit trail without a server. */
public final class TrailForTests {
  private TrailForTests() {}

  public static AuditTrail of(StateForTests state) {
    return new AuditTrail(state.client(), state.transaction(), InstantSource.system());
  }
}
