package dev.coffer.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says so when Coffer's own state cannot be used, wherever on its way a request finds that out: who
 * asks is looked up before any controller is asked.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class StateOutage extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(StateOutage.class);

  private final ProblemWriter problems;

  StateOutage(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException failure) {
      if (!isOne(failure) || response.isCommitted()) {
        throw failure;
      }
      log(failure);
      response.reset();
      if (ErrorPages.isInterface(request.getRequestURI())) {
        problems.write(response, Refusals.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE));
      } else {
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      }
    }
  }

  /** In a line: as long as it lasts, everybody who asks comes upon it. */
  static void log(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    LOG.error("The state's database cannot be used: {}", cause.getMessage());
  }

  /** Whether a failure says that the state cannot be used now. */
  static boolean isOne(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof DataAccessResourceFailureException
          || at instanceof CannotCreateTransactionException) {
        return true;
      }
    }
    return false;
  }
}
