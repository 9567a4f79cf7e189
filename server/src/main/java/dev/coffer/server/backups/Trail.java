package dev.coffer.server.backups;

import dev.coffer.server.audit.AuditEntry;
import dev.coffer.server.audit.AuditTrail;
import java.util.List;

/**
 * What was done with a backup, a page of it.
 *
 * @param entries the newest first
 * @param count on all pages
 */
public record Trail(List<AuditEntry> entries, long count, int page, int pages) {
  static final int PAGE = 10;

  static Trail of(AuditTrail audit, String name, int page) {
    long count = audit.countOf(name);
    int pages = Math.clamp((count + PAGE - 1) / PAGE, 1, Integer.MAX_VALUE / PAGE);
    int shown = Math.clamp(page, 1, pages);
    return new Trail(audit.of(name, (shown - 1) * PAGE, PAGE), count, shown, pages);
  }
}
