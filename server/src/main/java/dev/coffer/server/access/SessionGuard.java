package dev.coffer.server.access;

import dev.coffer.server.access.portal.PortalAccounts;
import dev.coffer.server.access.portal.PortalAnswer;
import dev.coffer.server.access.portal.PortalPerson;
import dev.coffer.server.access.portal.PortalSignIn;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that nobody has used for a while, and one whose account has changed since. An
 * account of the portal is looked up at most once a minute; while its database does not answer, the
 * session goes on, for that may be the very reason why somebody is here. Pages that refresh
 * themselves mark their requests: those are not use, or a forgotten browser would stay signed in
 * for ever.
 */
final class SessionGuard extends OncePerRequestFilter {
  /** The header of a request that a page makes by itself. */
  static final String BY_ITSELF = "Coffer-Refresh";

  private static final String LAST_USE = SessionGuard.class.getName() + ".lastUse";
  private static final String LAST_LOOK = SessionGuard.class.getName() + ".lastLook";
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private final Accounts accounts;
  private final PortalAccounts portal;
  private final PortalSignIn portalSignIn;
  private final Duration idle;
  private final InstantSource clock;

  SessionGuard(
      Accounts accounts,
      PortalAccounts portal,
      PortalSignIn portalSignIn,
      Duration idle,
      InstantSource clock) {
    this.accounts = accounts;
    this.portal = portal;
    this.portalSignIn = portalSignIn;
    this.idle = idle;
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    HttpSession session = request.getSession(false);
    if (session != null
        && authentication != null
        && authentication.getPrincipal() instanceof SignedIn signedIn) {
      try {
        guard(signedIn, session, request);
      } catch (DataAccessException stateIsDown) {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
          throw stateIsDown;
        }
        // The page that says so is shown as to somebody who has not signed in.
        SecurityContextHolder.clearContext();
      }
    }
    chain.doFilter(request, response);
  }

  private void guard(SignedIn signedIn, HttpSession session, HttpServletRequest request) {
    Instant now = clock.instant();
    if (tooOld(session, now) || changed(signedIn, session, now)) {
      session.invalidate();
      SecurityContextHolder.clearContext();
    } else if (request.getHeader(BY_ITSELF) == null) {
      session.setAttribute(LAST_USE, now);
    }
  }

  private boolean tooOld(HttpSession session, Instant now) {
    return session.getAttribute(LAST_USE) instanceof Instant last && last.plus(idle).isBefore(now);
  }

  private boolean changed(SignedIn signedIn, HttpSession session, Instant now) {
    return signedIn
        .portal()
        .map(origin -> changed(signedIn.name(), origin, session, now))
        .orElseGet(() ->
            accounts
                .byId(signedIn.accountId())
                .filter(account -> account.enabled() && account.revision() == signedIn.revision())
                .isEmpty());
  }

  private boolean changed(String name, SignedIn.OfPortal origin, HttpSession session, Instant now) {
    if (!portalSignIn.isOn(origin.database()) || accounts.byName(name).isPresent()) {
      return true;
    }
    if (session.getAttribute(LAST_LOOK) instanceof Instant last
        && last.plus(BETWEEN_LOOKS).isAfter(now)) {
      return false;
    }
    session.setAttribute(LAST_LOOK, now);
    return switch (portal.find(origin.database(), name)) {
      case PortalAnswer.Known(PortalPerson person) ->
          !person.admin() || !person.fingerprint().equals(origin.fingerprint());
      case PortalAnswer.Unknown _ -> true;
      case PortalAnswer.Unavailable _ -> false;
    };
  }
}
