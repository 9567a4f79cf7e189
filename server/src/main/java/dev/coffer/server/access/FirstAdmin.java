package dev.coffer.server.access;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The account that exists before any other. Its password is random and kept nowhere in the clear:
 * until its owner has signed in, each start makes another one, so that one that got lost does no
 * harm.
 */
@Component
public class FirstAdmin {
  private static final String NAME = "admin";

  private final Optional<Credentials> credentials;

  /** What the owner signs in with for the first time. */
  public record Credentials(String name, String password) {
    /** Not the password. */
    @Override
    public String toString() {
      return name;
    }
  }

  FirstAdmin(Accounts accounts) {
    List<Account> all = accounts.all();
    boolean used = all.stream().anyMatch(account -> account.lastSignIn().isPresent());
    if (used) {
      credentials = Optional.empty();
      return;
    }
    String password = Passwords.random();
    if (!accounts.create(NAME, Role.ADMIN, password)) {
      accounts.setPassword(accounts.byName(NAME).orElseThrow().id(), password, true);
    }
    credentials = Optional.of(new Credentials(NAME, password));
  }

  /** Empty once someone has signed in. */
  public Optional<Credentials> credentials() {
    return credentials;
  }
}
