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
import java.time.Duration;
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
  private static final String RETRY_SECONDS = "5";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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
      switch (requests.begin(key.id(), fingerprint(request), PATIENCE)) {
        case IdempotentRequests.Known.First _ -> answer(key, request, response, chain);
        case IdempotentRequests.Known.Answered answered -> replay(answered, key, response);
        case IdempotentRequests.Known.Another _ -> throw reused();
        case IdempotentRequests.Known.Unknown _ -> throw unknown();
        case IdempotentRequests.Known.Underway _ -> {
          response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
          throw underWay();
        }
      }
    } catch (Refused refused) {
      problems.write(response, refused.problem());
    }
  }

  private static IdempotencyKey key(HttpServletRequest request) {
    Optional<String> token = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
    HttpSession session = request.getSession(false);
    String credential = token.orElseGet(() -> session == null ? "" : session.getId());
    String caller = token.orElseGet(() -> Caller.of(request).orElseThrow().identity());
    return IdempotencyKey.of(request.getHeader(KEY), caller, credential);
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

  private static Refused underWay() {
    return new Refused(
        409,
        "REQUEST_UNDERWAY",
        "an equal request is still being answered",
        "Send it again later, with the same key.");
  }

  private static Refused unknown() {
    return new Refused(
        409,
        "IDEMPOTENCY_OUTCOME_UNKNOWN",
        "the server stopped while it answered this: whether it was done is not known",
        "Look at the lists of backups, restores and jobs. To do it again, send a new key.");
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
