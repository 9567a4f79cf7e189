package dev.coffer.insight;

import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.profile.Rule;
import java.util.List;
import java.util.Optional;

/**
 * A question to the database: which rows refer to a row that does not exist? To be asked in the
 * snapshot that the rows were read from, with the session settings of docs/FORMAT.md.
 *
 * @param table by the document's name
 * @param column by its key in the rows, several joined by {@code ,}
 * @param sql gives one row: the number of orphans ({@code bigint}) and the first 100 ids ({@code
 *     text[]}, never null, empty where rows cannot be named)
 */
public record OrphanQuery(String table, String column, String sql) {

  /** The rule that the answer belongs to. */
  public String rule() {
    return Rule.ORPHAN.word();
  }

  /** The answer as a finding; empty where nothing was found. */
  public Optional<FlaggedRows> answer(long rows, List<String> ids) {
    return rows == 0
        ? Optional.empty()
        : Optional.of(new FlaggedRows(rule(), table, column, rows, List.copyOf(ids)));
  }
}
