package dev.coffer.server.watch;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Metrics for Prometheus: they tell how many backups there are and when, hence not to everybody.
 */
@RestController
class MetricsController {
  private static final String FORMAT = "text/plain;version=0.0.4;charset=utf-8";

  private final Metrics metrics;

  MetricsController(Metrics metrics) {
    this.metrics = metrics;
  }

  @GetMapping(value = "/metrics", produces = FORMAT)
  String scrape() {
    return metrics.scrape();
  }
}
