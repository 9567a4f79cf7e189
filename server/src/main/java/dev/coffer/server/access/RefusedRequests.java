package dev.coffer.server.access;

import dev.coffer.server.web.Problem;
import dev.coffer.server.web.ProblemWriter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * The answer to whoever may not do what they ask for. Programs get a problem in JSON; a person who
 * is not signed in is sent to the page for it; a person who is, is told.
 */
@Component
final class RefusedRequests implements AuthenticationEntryPoint, AccessDeniedHandler {
  /** Bytes, as the configuration has it. */
  private static final long LONGEST_FORM = 256 << 10;

  private final ProblemWriter problems;
  private final ObjectProvider<UnknownCalls> unknown;

  RefusedRequests(ProblemWriter problems, ObjectProvider<UnknownCalls> unknown) {
    this.problems = problems;
    this.unknown = unknown;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (isInterface(request)) {
      askForToken(response);
    } else {
      toPage(request, response, "/sign-in");
    }
  }

  private void askForToken(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(
        response,
        new Problem(
            HttpServletResponse.SC_UNAUTHORIZED,
            "UNAUTHENTICATED",
            "the request comes without a valid session or token",
            "Sign in, or send a token: Authorization: Bearer coffer_…"));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException, ServletException {
    if (request.getContentLengthLong() > LONGEST_FORM) {
      // A body that is too large is not read, and so neither is the token in it.
      tooLarge(request, response);
      return;
    }
    if (failure instanceof OriginFilter.Foreign) {
      foreign(request, response);
      return;
    }
    boolean forged = failure instanceof CsrfException;
    Optional<SignedIn> person = CallerArgument.signedIn();
    if (isInterface(request) && person.isEmpty()) {
      askForToken(response);
      return;
    }
    if (isInterface(request)) {
      if (!forged && unknown.getObject().answer(request, response)) {
        return;
      }
      problems.write(
          response,
          new Problem(
              HttpServletResponse.SC_FORBIDDEN,
              forged ? "CSRF" : "FORBIDDEN",
              forged
                  ? "the request has no valid CSRF token"
                  : "this account or token may not do that",
              forged
                  ? "Use a token of the program's own instead of a person's session."
                  : "Ask an admin."));
      return;
    }
    if (person.isEmpty()) {
      toPage(request, response, "/sign-in?expired");
    } else if (!forged && person.get().mustChange()) {
      toPage(request, response, "/password");
    } else {
      String why = forged ? "stale" : "role";
      request.setAttribute(RequestDispatcher.ERROR_MESSAGE, why);
      response.sendError(HttpServletResponse.SC_FORBIDDEN, why);
    }
  }

  private void foreign(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isInterface(request)) {
      problems.write(
          response,
          new Problem(
              HttpServletResponse.SC_FORBIDDEN,
              "ORIGIN",
              "the request comes from a page of another site",
              "Programs send no Origin. Behind a proxy, see that it passes the Host on."));
    } else {
      request.setAttribute(RequestDispatcher.ERROR_MESSAGE, "origin");
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "origin");
    }
  }

  private void tooLarge(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isInterface(request)) {
      problems.write(
          response,
          new Problem(
              HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
              "TOO_LARGE",
              "the request is too large",
              ""));
    } else {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    }
  }

  private static boolean isInterface(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.startsWith("/api/") || path.equals("/api") || path.equals("/metrics");
  }

  /** A part of a page cannot show another page: it asks the browser to go there. */
  private static void toPage(HttpServletRequest request, HttpServletResponse response, String page)
      throws IOException {
    String target = request.getContextPath() + page;
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", target);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      response.sendRedirect(target);
    }
  }
}
