package dev.coffer.server.backups;

import java.time.Instant;
import java.util.List;

/**
 * What a check of a file found.
 *
 * @param findings of errors and notes, for people
 */
public record Verification(Instant at, String actor, boolean sound, List<String> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }
}
