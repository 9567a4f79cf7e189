package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.List;

/** A reference from one table to another that no constraint need declare. */
public record Link(
    QualifiedName from, List<String> columns, QualifiedName to, List<String> targetColumns) {

  public Link {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }
}
