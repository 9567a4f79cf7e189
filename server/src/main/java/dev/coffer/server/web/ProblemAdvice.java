package dev.coffer.server.web;

import dev.coffer.error.CofferException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Tells programs what went wrong. */
@RestControllerAdvice(annotations = RestController.class)
class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> coffer(CofferException failure) {
    return answer(Problem.of(failure));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(Refused failure) {
    return answer(failure.problem());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException failure) {
    return answer(
        new Problem(400, "BODY_INVALID", "the body is not the JSON object that is expected", ""));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> missing(MissingServletRequestParameterException failure) {
    return answer(
        new Problem(
            400, "REQUEST_INVALID", "the parameter " + failure.getParameterName() + " lacks", ""));
  }

  /** A name in the path that cannot be one is a thing that is not there. */
  @ExceptionHandler
  ResponseEntity<Map<String, Object>> mistyped(MethodArgumentTypeMismatchException failure) {
    MethodParameter parameter = failure.getParameter();
    return answer(
        parameter.hasParameterAnnotation(PathVariable.class)
            ? Refused.missing("there is nothing of that " + failure.getName()).problem()
            : new Problem(
                400,
                "REQUEST_INVALID",
                "the parameter " + failure.getName() + " has a value that it cannot have",
                ""));
  }

  /**
   * All else.
   *
   * @throws Exception the failure itself, where the answer has begun: the connection is cut then
   */
  @ExceptionHandler
  ResponseEntity<Map<String, Object>> other(Exception failure, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      throw failure;
    }
    if (failure instanceof ErrorResponse known) {
      return answer(Refusals.of(known.getStatusCode().value()), known.getHeaders());
    }
    if (StateOutage.isOne(failure)) {
      StateOutage.log(failure);
      return answer(Refusals.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE));
    }
    LOG.error("A request failed", failure);
    return answer(Refusals.of(500));
  }

  private static ResponseEntity<Map<String, Object>> answer(Problem problem) {
    return answer(problem, HttpHeaders.EMPTY);
  }

  private static ResponseEntity<Map<String, Object>> answer(Problem problem, HttpHeaders headers) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status());
    Optional.ofNullable(headers.getFirst(HttpHeaders.ALLOW))
        .ifPresent(methods -> answer.header(HttpHeaders.ALLOW, methods));
    return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem.members());
  }
}
