package dev.coffer.server.access;

import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/**
 * The account that exists before any other. Its password is random and kept nowhere in the clear:
 * until its owner has signed in, each start makes another one, so that one that got lost does no
 * harm.
 */
@Component
public class FirstAdmin {
  private static final String NAME = "admin";

  /** Made by a thread of its own: a password's hash takes long by design, and a start waits. */
  private final CompletableFuture<Optional<Credentials>> credentials;

  /** What the owner signs in with for the first time. */
  public record Credentials(String name, String password) {
    /** Not the password. */
    @Override
    public String toString() {
      return name;
    }
  }

  FirstAdmin(Accounts accounts) {
    boolean used = accounts.all().stream().anyMatch(account -> account.lastSignIn().isPresent());
    credentials =
        used
            ? CompletableFuture.completedFuture(Optional.empty())
            : CompletableFuture.supplyAsync(
                () -> Optional.of(make(accounts)),
                making -> Thread.ofPlatform().name("first-admin").start(making));
  }

  private static Credentials make(Accounts accounts) {
    String password = Passwords.random();
    if (!accounts.create(NAME, Role.ADMIN, password)) {
      accounts.setPassword(accounts.byName(NAME).orElseThrow().id(), password, true);
    }
    return new Credentials(NAME, password);
  }

  /** Empty once someone has signed in. */
  public Optional<Credentials> credentials() {
    return credentials.join();
  }

  @PreDestroy
  void await() {
    var _ = credentials.exceptionally(_ -> Optional.empty()).join();
  }
}
