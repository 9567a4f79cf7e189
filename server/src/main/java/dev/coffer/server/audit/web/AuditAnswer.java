package dev.coffer.server.audit.web;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.AuditEntry;
import dev.coffer.server.audit.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An entry as programs see it: with the members that its hash covers, in order. */
record AuditAnswer(
    @Schema(example = "42") long id,
    @Schema(type = "string", format = "date-time", example = "2026-01-25T14:30:45.123Z") String at,
    @Schema(example = "admin (token portal)") String actor,
    @Schema(example = "192.0.2.7") String address,
    @Schema(example = "BACKUP_CREATED") Action action,
    @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst") String subject,
    @Schema(example = "Before the upgrade") String reason,
    Outcome outcome,
    String detail,
    String previousHash,
    String hash) {

  static AuditAnswer of(AuditEntry entry) {
    Instant at = entry.at();
    return new AuditAnswer(
        entry.id(),
        at.toString(),
        entry.actor().name(),
        entry.actor().address(),
        entry.action(),
        entry.subject(),
        entry.reason(),
        entry.outcome(),
        entry.detail(),
        entry.previousHash(),
        entry.hash());
  }
}
