package dev.coffer.server.idempotency;

import dev.coffer.server.access.Caller;
import dev.coffer.server.web.BufferedRequest;
import dev.coffer.server.web.Problem;
import dev.coffer.server.web.ProblemWriter;
import dev.coffer.server.web.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Gives a request that comes again with its {@code Idempotency-Key} its first answer, and does
 * nothing twice. An answer that refuses is not kept: nothing was done then.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final long POLL_MILLIS = 100;

  private final IdempotentRequests requests;
  private final ProblemWriter problems;

  IdempotencyFilter(IdempotentRequests requests, ProblemWriter problems) {
    this.requests = requests;
    this.problems = problems;
  }

  /** Puts it behind the checks of who may do what, and behind what reads the body. */
  @Configuration(proxyBeanMethods = false)
  static class Registration {
    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotency(
        IdempotentRequests requests, ProblemWriter problems) {
      FilterRegistrationBean<IdempotencyFilter> filter =
          new FilterRegistrationBean<>(new IdempotencyFilter(requests, problems));
      filter.addUrlPatterns("/api/*");
      filter.setOrder(Ordered.LOWEST_PRECEDENCE);
      return filter;
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals(HttpMethod.POST.name())
        || request.getHeader(KEY) == null
        || Caller.of(request).isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      IdempotencyKey key = key(request);
      switch (first(key.id(), fingerprint(request))) {
        case IdempotentRequests.Known.Answered answered -> replay(answered, key, response);
        case IdempotentRequests.Known.Another _ -> throw reused();
        default -> answer(key, request, response, chain);
      }
    } catch (Refused refused) {
      problems.write(response, refused.problem());
    }
  }

  private static IdempotencyKey key(HttpServletRequest request) {
    Optional<String> token = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
    HttpSession session = request.getSession(false);
    String credential = token.orElseGet(() -> session == null ? "" : session.getId());
    String caller =
        token.orElseGet(() -> "account " + Caller.of(request).orElseThrow().accountId());
    return IdempotencyKey.of(request.getHeader(KEY), caller, credential);
  }

  /** Waits until an equal request that came before is over. */
  private IdempotentRequests.Known first(String id, String fingerprint) {
    while (true) {
      IdempotentRequests.Known known = requests.begin(id, fingerprint);
      if (!(known instanceof IdempotentRequests.Known.Underway)) {
        return known;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new Refused(
            409, "INTERRUPTED", "an equal request is still being answered", "Try again later.");
      }
    }
  }

  private void answer(
      IdempotencyKey key,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
    boolean done = false;
    try {
      chain.doFilter(request, kept);
      done = kept.getStatus() >= 200 && kept.getStatus() < 300;
      if (done) {
        requests.answered(
            key.id(),
            kept.getStatus(),
            Optional.ofNullable(kept.getHeader(HttpHeaders.LOCATION)),
            key.seal(kept.getContentAsByteArray()));
      }
    } finally {
      if (!done) {
        requests.released(key.id());
      }
    }
    kept.copyBodyToResponse();
  }

  private void replay(
      IdempotentRequests.Known.Answered answered, IdempotencyKey key, HttpServletResponse response)
      throws IOException {
    answered.location().ifPresent(place -> response.setHeader(HttpHeaders.LOCATION, place));
    Optional<byte[]> body = key.open(answered.sealed());
    if (body.isEmpty()) {
      problems.write(
          response,
          new Problem(
              409,
              "IDEMPOTENCY_ANSWER_GONE",
              "this was done already; the answer went with the session that asked",
              "The lists show what it made."));
      return;
    }
    response.setHeader(REPLAYED, "true");
    response.setStatus(answered.status());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(body.get());
  }

  private static Refused reused() {
    return new Refused(
        422,
        "IDEMPOTENCY_KEY_REUSED",
        "the Idempotency-Key was used for another request",
        "Send a new key with a new request.");
  }

  /** Of all that makes a request this one: its path, its parameters and its body. */
  private static String fingerprint(HttpServletRequest request) {
    BufferedRequest buffered = WebUtils.getNativeRequest(request, BufferedRequest.class);
    if (buffered == null) {
      throw Refused.invalid("an upload cannot have an Idempotency-Key", "Send JSON instead.");
    }
    String address = request.getRequestURI() + "?" + request.getQueryString() + "\n";
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(address.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(buffered.body()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
