package dev.coffer.server.jobs;

import dev.coffer.server.web.Problem;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells programs to come back later, before what tells of all other failures is asked. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(annotations = RestController.class)
class TooManyJobsAdvice {
  @ExceptionHandler
  ResponseEntity<Map<String, Object>> busy(TooManyJobs failure) {
    int status = HttpStatus.TOO_MANY_REQUESTS.value();
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            new Problem(status, "TOO_MANY_JOBS", String.valueOf(failure.getMessage()), "")
                .members());
  }
}
