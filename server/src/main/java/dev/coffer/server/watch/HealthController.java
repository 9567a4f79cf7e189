package dev.coffer.server.watch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server runs, and whether it can work: for whoever starts and stops servers. */
@RestController
@Tag(name = "Health", description = "Whether the server runs and can work, and its metrics")
class HealthController {
  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  @GetMapping(value = "/health/live", produces = MediaType.APPLICATION_JSON_VALUE)
  @SecurityRequirements
  @Operation(operationId = "isLive", summary = "Whether the server runs")
  Map<String, String> live() {
    return Map.of("status", "up");
  }

  @GetMapping(value = "/health/ready", produces = MediaType.APPLICATION_JSON_VALUE)
  @SecurityRequirements
  @Operation(
      operationId = "isReady",
      summary = "Whether it can work: its state and the backups' folder can be used")
  @ApiResponse(responseCode = "200", description = "It can work")
  @ApiResponse(responseCode = "503", description = "It cannot work now")
  ResponseEntity<Readiness.Ready> ready() {
    Readiness.Ready answer = readiness.answer();
    return ResponseEntity.status(answer.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(answer);
  }
}
