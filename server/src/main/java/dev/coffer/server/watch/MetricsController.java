package dev.coffer.server.watch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Metrics for Prometheus: they tell how many backups there are and when, hence not to everybody.
 */
@RestController
@Tag(name = "Health")
class MetricsController {
  private static final String FORMAT = "text/plain;version=0.0.4;charset=utf-8";

  private final Metrics metrics;

  MetricsController(Metrics metrics) {
    this.metrics = metrics;
  }

  @GetMapping(value = "/metrics", produces = FORMAT)
  @Operation(operationId = "getMetrics", summary = "Metrics for Prometheus, in its text format")
  String scrape() {
    return metrics.scrape();
  }
}
