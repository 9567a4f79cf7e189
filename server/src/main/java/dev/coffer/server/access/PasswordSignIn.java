package dev.coffer.server.access;

import dev.coffer.server.access.portal.PortalAccounts;
import dev.coffer.server.access.portal.PortalAnswer;
import dev.coffer.server.access.portal.PortalPerson;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs people in by name and password: those of this server, and where that is switched on the
 * admins of the protected application. A name that exists here is never looked for there. Takes as
 * long for a name that does not exist as for one that does, and says the same of both.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PASSWORD = 1000;

  private final Accounts accounts;
  private final PortalAccounts portal;
  private final SignInThrottle throttle;
  private final PasswordCheck passwords;
  private final AuditTrail audit;

  PasswordSignIn(
      Accounts accounts,
      PortalAccounts portal,
      SignInThrottle throttle,
      PasswordCheck passwords,
      AuditTrail audit) {
    this.accounts = accounts;
    this.portal = portal;
    this.throttle = throttle;
    this.passwords = passwords;
    this.audit = audit;
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
      if (throttle.tellsFirst(name, address)) {
        audit.append(actor, Action.SIGNED_IN, "", "", Outcome.REFUSED, "too many attempts");
      }
      throw new LockedException(Long.toString(wait.get().toSeconds() + 1));
    }
    boolean sensible =
        name.length() <= LONGEST_NAME && password.length() <= LONGEST_PASSWORD && printable(name);
    Optional<Account> local = sensible ? accounts.byName(name) : Optional.empty();
    SignedIn signedIn =
        local.isPresent()
            ? local(local.get(), password, actor)
            : ofPortal(sensible ? portal.find(name) : new PortalAnswer.Unknown(), password, actor);
    throttle.succeeded(name, address);
    audit.done(new Actor(signedIn.actorName(), address), Action.SIGNED_IN, "", "");
    return UsernamePasswordAuthenticationToken.authenticated(
        signedIn, null, signedIn.authorities());
  }

  private SignedIn local(Account account, String password, Actor actor) {
    boolean matches = passwords.matches(password, Optional.of(account.password()));
    if (!matches || !account.enabled()) {
      // As long as a name that is not known here takes, and with the same outcome.
      throw refused(actor, "", portal.find(account.name()));
    }
    accounts.signedIn(account.id());
    return SignedIn.of(account);
  }

  private SignedIn ofPortal(PortalAnswer answer, String password, Actor actor) {
    Optional<PortalPerson> person =
        answer instanceof PortalAnswer.Known(PortalPerson known)
            ? Optional.of(known)
            : Optional.empty();
    boolean matches = passwords.matches(password, person.map(PortalPerson::password));
    if (!matches) {
      throw refused(actor, "", answer);
    }
    if (!person.orElseThrow().admin()) {
      throw refused(actor, "not an admin in the portal", answer);
    }
    return SignedIn.of(person.orElseThrow());
  }

  private RuntimeException refused(Actor actor, String why, PortalAnswer answer) {
    boolean silent = answer instanceof PortalAnswer.Unavailable;
    String detail = silent ? "the portal's database could not be asked" : why;
    audit.append(actor, Action.SIGNED_IN, "", "", Outcome.FAILED, detail);
    return silent ? new AuthenticationServiceException("") : new BadCredentialsException("");
  }

  private static boolean printable(String name) {
    return name.codePoints().noneMatch(Character::isISOControl);
  }

  @Override
  public boolean supports(Class<?> attempt) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
  }
}
