package dev.coffer.model;

import java.util.List;

/**
 * A link from rows of one table to rows of another.
 *
 * @param validated false where PostgreSQL has not checked existing rows ({@code NOT VALID}), or
 *     where only a profile declares the link
 * @param onDelete {@code NO ACTION}, {@code RESTRICT}, {@code CASCADE}, {@code SET NULL} or {@code
 *     SET DEFAULT}
 */
public record ForeignKey(
    String name,
    QualifiedName from,
    List<String> columns,
    QualifiedName to,
    List<String> targetColumns,
    String onDelete,
    boolean deferrable,
    boolean validated) {

  public ForeignKey {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }
}
