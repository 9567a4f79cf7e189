package dev.coffer.profile;

import dev.coffer.model.BackupInfo.SealedColumn;
import dev.coffer.model.Table;
import java.util.List;

/**
 * Tables as a document shows them, in its order.
 *
 * @param sealed what is sealed and why, by the names of the document
 * @param notSealed what looks like a secret and is readable all the same
 * @param unmatched columns that the profile names and their tables lack, {@code table.column}
 */
public record NamedTables(
    List<Table> tables,
    List<SealedColumn> sealed,
    List<NotSealed> notSealed,
    List<String> unmatched) {

  public NamedTables {
    tables = List.copyOf(tables);
    sealed = List.copyOf(sealed);
    notSealed = List.copyOf(notSealed);
    unmatched = List.copyOf(unmatched);
  }

  /** A column whose name looks like a secret, and why it stays readable. */
  public record NotSealed(String table, String column, String reason) {}
}
