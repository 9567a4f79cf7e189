package dev.coffer.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a program in by {@code Authorization: Bearer …}. A session that comes with the same request
 * counts for nothing then.
 */
final class TokenFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final RefusedRequests refused;

  TokenFilter(Tokens tokens, RefusedRequests refused) {
    this.tokens = tokens;
    this.refused = refused;
  }

  /** Whether a request brings a token: no browser adds one to a request that another site makes. */
  static boolean brings(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!brings(request)) {
      chain.doFilter(request, response);
      return;
    }
    String text = request.getHeader(HttpHeaders.AUTHORIZATION).substring(BEARER.length()).strip();
    Optional<SignedIn> signedIn = tokens.open(text);
    if (signedIn.isEmpty()) {
      SecurityContextHolder.clearContext();
      refused.commence(request, response, new BadCredentialsException("token"));
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            signedIn.get(), null, signedIn.get().authorities()));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }
}
