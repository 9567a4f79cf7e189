package dev.coffer.server.comparisons;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import org.springframework.stereotype.Component;

/** Writes down who looked at the records of a comparison: once for each table. */
@Component
class RecordLooks {
  private final AuditTrail audit;

  RecordLooks(AuditTrail audit) {
    this.audit = audit;
  }

  void note(ComparisonView view, HeldComparison held, String table, Actor actor) {
    if (held.isFirstLook(actor.name(), table)) {
      Wanted wanted = view.comparing().wanted();
      audit.append(
          actor,
          Action.RECORDS_VIEWED,
          wanted.backup(),
          "",
          Outcome.DONE,
          "table " + table + ", compared with " + wanted.other().orElse("the database"));
    }
  }
}
