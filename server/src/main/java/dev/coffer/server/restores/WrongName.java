package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.web.Problem;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What a program is told that cannot restore: as everywhere, but for a wrong confirmation 400, as
 * the portal's pages have always been told.
 */
final class WrongName {
  private WrongName() {}

  static ResponseEntity<Map<String, Object>> orOther(CofferException failure) {
    Problem problem = Problem.of(failure);
    Problem told =
        failure.code() == ErrorCode.CONFIRMATION_WRONG
            ? new Problem(
                HttpStatus.BAD_REQUEST.value(), problem.code(), problem.detail(), problem.hint())
            : problem;
    return ResponseEntity.status(told.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(told.members());
  }
}
