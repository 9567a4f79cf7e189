package dev.coffer.server.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a session or a token stands for.
 *
 * @param revision of the account when it signed in
 * @param token the name of the token that was used; empty for a session
 */
record SignedIn(
    long accountId,
    String name,
    Role role,
    int revision,
    boolean mustChange,
    Optional<String> token,
    Set<Permission> permissions) {

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
        account.mustChange() ? Set.of() : account.role().permissions());
  }

  List<GrantedAuthority> authorities() {
    return permissions.stream()
        .map(permission -> (GrantedAuthority) new SimpleGrantedAuthority(permission.name()))
        .toList();
  }

  /** For the audit trail. */
  String actorName() {
    return token.map(used -> name + " (token " + used + ")").orElse(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
