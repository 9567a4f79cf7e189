package dev.coffer.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads what programs send, and no more of it than makes sense. */
final class BodyLimit extends OncePerRequestFilter {
  /** Bytes. */
  private static final int MOST = 1 << 20;

  private final ProblemWriter problems;

  BodyLimit(ProblemWriter problems) {
    this.problems = problems;
  }

  /** Puts it behind the checks of who may do what, so that nobody else's bodies are read. */
  @Configuration(proxyBeanMethods = false)
  static class Registration {
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems) {
      FilterRegistrationBean<BodyLimit> filter =
          new FilterRegistrationBean<>(new BodyLimit(problems));
      filter.addUrlPatterns("/api/*");
      filter.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
      return filter;
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    // Uploads have limits of their own.
    boolean upload =
        request.getContentType() != null && request.getContentType().startsWith("multipart/");
    return upload
        || switch (request.getMethod()) {
          case "GET", "HEAD", "OPTIONS" -> true;
          default -> false;
        };
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body =
        request.getContentLengthLong() > MOST
            ? new byte[MOST + 1]
            : request.getInputStream().readNBytes(MOST + 1);
    if (body.length > MOST) {
      problems.write(response, Refusals.of(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE));
      return;
    }
    chain.doFilter(new BufferedRequest(request, body), response);
  }
}
