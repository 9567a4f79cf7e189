package dev.coffer.server.watch;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server runs, and whether it can work: for whoever starts and stops servers. */
@RestController
class HealthController {
  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  @GetMapping("/health/live")
  Map<String, String> live() {
    return Map.of("status", "up");
  }

  @GetMapping("/health/ready")
  ResponseEntity<Readiness.Answer> ready() {
    Readiness.Answer answer = readiness.answer();
    return ResponseEntity.status(answer.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(answer);
  }
}
