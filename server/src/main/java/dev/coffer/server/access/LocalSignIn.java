package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs people in by name and password. Takes as long for a name that does not exist as for one
 * that does, and says the same of both.
 */
@Component
class LocalSignIn implements AuthenticationProvider {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PASSWORD = 1000;

  private final Accounts accounts;
  private final SignInThrottle throttle;
  private final PasswordEncoder encoder;
  private final AuditTrail audit;
  private final CompletableFuture<String> nobodysPassword;

  LocalSignIn(
      Accounts accounts, SignInThrottle throttle, PasswordEncoder encoder, AuditTrail audit) {
    this.accounts = accounts;
    this.throttle = throttle;
    this.encoder = encoder;
    this.audit = audit;
    // It takes a while, by design, and the first page is not to wait for it.
    nobodysPassword =
        CompletableFuture.supplyAsync(
            () -> Objects.requireNonNull(encoder.encode(Passwords.random())));
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = Accounts.normal(attempt.getName());
    String password = String.valueOf(attempt.getCredentials());
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    Actor actor = new Actor(name, address);
    Optional<Duration> wait = throttle.begin(name, address);
    if (wait.isPresent()) {
      audit.append(actor, Action.SIGNED_IN, "", "", Outcome.REFUSED, "too many attempts");
      throw new LockedException(Long.toString(wait.get().toSeconds() + 1));
    }
    Optional<Account> account =
        name.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD
            ? Optional.empty()
            : accounts.byName(name);
    boolean matches =
        encoder.matches(password, account.map(Account::password).orElseGet(nobodysPassword::join));
    if (!matches || account.isEmpty() || !account.get().enabled()) {
      audit.append(actor, Action.SIGNED_IN, "", "", Outcome.FAILED, "");
      throw new BadCredentialsException("");
    }
    throttle.succeeded(name, address);
    accounts.signedIn(account.get().id());
    audit.done(actor, Action.SIGNED_IN, "", "");
    SignedIn signedIn = SignedIn.of(account.get());
    return UsernamePasswordAuthenticationToken.authenticated(
        signedIn, null, signedIn.authorities());
  }

  @Override
  public boolean supports(Class<?> attempt) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
  }
}
