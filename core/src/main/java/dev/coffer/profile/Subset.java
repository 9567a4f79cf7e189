package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.List;
import java.util.SequencedMap;

/** A kind of backup that holds some tables, and the totals its document states. */
public record Subset(List<QualifiedName> tables, SequencedMap<String, Metric> totals) {

  public Subset {
    tables = List.copyOf(tables);
    totals = Ordered.copyOf(totals);
  }
}
