package dev.coffer.server.browse;

import dev.coffer.browse.Related;
import dev.coffer.profile.Profile;
import dev.coffer.server.web.PathName;
import java.util.List;

/**
 * Rows of one table around a row, as its page shows them.
 *
 * @param table as addresses name it
 * @param name of the table
 * @param columns of theirs
 * @param q what these have, as a search writes it
 * @param more whether there are more, or may be
 */
public record RelatedRows(
    String table,
    String name,
    List<String> columns,
    List<String> own,
    String q,
    List<ShownRow> rows,
    boolean more) {

  static RelatedRows of(Related related, Profile profile) {
    List<String> shown = Columns.telling(related.table(), profile, Columns.IN_A_LINE);
    List<String> values = related.values();
    return new RelatedRows(
        PathName.of(related.table().logicalName()),
        related.table().logicalName(),
        related.columns(),
        related.own(),
        related.columns().size() == 1 ? values.getFirst() : KeyText.array(values),
        related.found().rows().stream().map(row -> ShownRow.of(row, shown)).toList(),
        related.found().next().isPresent());
  }
}
