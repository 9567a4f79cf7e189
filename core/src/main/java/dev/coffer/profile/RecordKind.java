package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.List;

/**
 * A word for one record of a table: {@code customer}.
 *
 * @param find columns by any of which a record is found
 * @param label columns that call a record by name, for people
 * @param follows links to {@code table} whose rows belong to the record although they refer to it
 *     by something else than its key; {@code from} is the table of those rows
 */
public record RecordKind(
    QualifiedName table, List<String> find, List<String> label, List<Link> follows) {

  public RecordKind {
    find = List.copyOf(find);
    label = List.copyOf(label);
    follows = List.copyOf(follows);
  }
}
