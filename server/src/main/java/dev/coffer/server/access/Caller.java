package dev.coffer.server.access;

import dev.coffer.server.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request: a parameter that controllers may ask for.
 *
 * @param accountId 0 for somebody who signed in with an account of the portal
 * @param until when the token expires that was used; empty for a session
 */
public record Caller(
    Actor actor,
    long accountId,
    String accountName,
    Set<Permission> permissions,
    Optional<Instant> until) {
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** Who sends that request; empty for nobody who is known. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return CallerArgument.of(request);
  }

  /** Whether the account is the portal's, and not one of Coffer's own. */
  public boolean ofPortal() {
    return accountId == 0;
  }

  /** The same for the same person, and another for another; not for reading. */
  public String identity() {
    return ofPortal() ? "portal account " + accountName : "account " + accountId;
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
