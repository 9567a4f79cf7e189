package dev.coffer.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site's page makes a browser send, whatever token it brings. The browser says
 * where a request comes from, in {@code Sec-Fetch-Site} (W3C, "Fetch Metadata Request Headers") and
 * {@code Origin} (RFC 6454); programs say nothing, and are let through.
 */
final class OriginFilter extends OncePerRequestFilter {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN = Set.of("same-origin", "none");
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private final RefusedRequests refused;

  OriginFilter(RefusedRequests refused) {
    this.refused = refused;
  }

  /** The request comes from elsewhere. */
  static final class Foreign extends AccessDeniedException {
    private static final long serialVersionUID = 1;

    Foreign() {
      super("origin");
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!LOOKING.contains(request.getMethod()) && isForeign(request)) {
      refused.handle(request, response, new Foreign());
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isForeign(HttpServletRequest request) {
    String own = origin(request.getScheme(), request.getServerName(), request.getServerPort());
    return isForeign(
        own,
        Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)),
        Optional.ofNullable(request.getHeader(FETCH_SITE)));
  }

  /**
   * Whether a request comes from another origin than its own server's. A browser that calls it its
   * own is believed, as a proxy may listen at another port than the server knows of.
   */
  static boolean isForeign(String own, Optional<String> origin, Optional<String> fetchSite) {
    return fetchSite
        .map(site -> !OWN.contains(site))
        .orElseGet(() -> origin.filter(from -> !normal(from).equals(own)).isPresent());
  }

  static String origin(String scheme, String host, int port) {
    boolean usual = port < 0 || port == (scheme.equalsIgnoreCase("https") ? 443 : 80);
    return (scheme + "://" + host + (usual ? "" : ":" + port)).toLowerCase(Locale.ROOT);
  }

  private static String normal(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getScheme() == null || uri.getHost() == null
          ? ""
          : origin(uri.getScheme(), uri.getHost(), uri.getPort());
    } catch (IllegalArgumentException none) {
      return "";
    }
  }
}
