package dev.coffer.verify;

import dev.coffer.model.BackupInfo;
import dev.coffer.model.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param info empty where the file does not even say what it is
 * @param rows how many were read
 * @param bytes of the document that were read
 */
public record VerificationReport(
    Optional<BackupInfo> info, List<Finding> findings, long rows, long bytes) {
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing takes away from the backup. */
  public boolean sound() {
    return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }
}
