package dev.coffer.server.access;

import dev.coffer.server.access.portal.PortalPerson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a session or a token stands for.
 *
 * @param accountId of a local account; 0 for one of the portal's
 * @param revision of the account when it signed in
 * @param token that was used; empty for a session
 * @param portal where the account is not a local one
 */
record SignedIn(
    long accountId,
    String name,
    Role role,
    int revision,
    boolean mustChange,
    Optional<Token> token,
    Set<Permission> permissions,
    Optional<OfPortal> portal) {

  /**
   * An account of a protected application.
   *
   * @param database which
   * @param fingerprint of password and role when it signed in
   */
  record OfPortal(String database, String fingerprint) {}

  SignedIn {
    permissions = Set.copyOf(permissions);
  }

  static SignedIn of(Account account) {
    return new SignedIn(
        account.id(),
        account.name(),
        account.role(),
        account.revision(),
        account.mustChange(),
        Optional.empty(),
        account.mustChange() ? Set.of() : account.role().permissions(),
        Optional.empty());
  }

  static SignedIn of(PortalPerson person) {
    return new SignedIn(
        0,
        person.name(),
        Role.ADMIN,
        0,
        false,
        Optional.empty(),
        Role.ADMIN.permissions(),
        Optional.of(new OfPortal(person.database(), person.fingerprint())));
  }

  List<GrantedAuthority> authorities() {
    return permissions.stream()
        .map(permission -> (GrantedAuthority) new SimpleGrantedAuthority(permission.name()))
        .toList();
  }

  /** For the audit trail. */
  String actorName() {
    return portal.isPresent()
        ? name + " (portal)"
        : token.map(used -> name + " (token " + used.name() + ")").orElse(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
