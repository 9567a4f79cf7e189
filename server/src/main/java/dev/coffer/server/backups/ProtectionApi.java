package dev.coffer.server.backups;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the business is protected, for programs. */
@RestController
@Tag(name = "Protection", description = "Am I protected, and what is protected")
class ProtectionApi {
  private final BackupFiles files;
  private final ProtectionCheck protection;
  private final InstantSource clock;

  ProtectionApi(BackupFiles files, ProtectionCheck protection, InstantSource clock) {
    this.files = files;
    this.protection = protection;
    this.clock = clock;
  }

  @GetMapping("/api/v1/protection")
  @Operation(
      operationId = "getProtection",
      summary = "Am I protected?",
      description = "Green is what was restored on trial, and nothing else.")
  ProtectionAnswer protection() {
    Instant now = clock.instant();
    return ProtectionAnswer.of(protection.judge(files.all()), now);
  }
}
