package dev.coffer.server.web;

import dev.coffer.error.CofferException;
import dev.coffer.server.jobs.TooManyJobs;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells programs what went wrong. */
@RestControllerAdvice(annotations = RestController.class)
class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> coffer(CofferException failure) {
    return answer(Problem.of(failure));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> busy(TooManyJobs failure) {
    return answer(new Problem(429, "TOO_MANY_JOBS", String.valueOf(failure.getMessage()), ""));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException failure) {
    return answer(
        new Problem(400, "BODY_INVALID", "the body is not the JSON object that is expected", ""));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> other(Exception failure) {
    if (failure instanceof ErrorResponse known) {
      return answer(
          new Problem(
              known.getStatusCode().value(), "REQUEST_INVALID", "the request is refused", ""));
    }
    LOG.error("A request failed", failure);
    return answer(
        new Problem(500, "INTERNAL", "the server failed", "The server's log tells more."));
  }

  private static ResponseEntity<Map<String, Object>> answer(Problem problem) {
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.members());
  }
}
