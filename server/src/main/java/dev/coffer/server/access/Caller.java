package dev.coffer.server.access;

import dev.coffer.server.audit.Actor;
import java.util.Set;

/** Who sends a request: a parameter that controllers may ask for. */
public record Caller(Actor actor, long accountId, String accountName, Set<Permission> permissions) {
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
