package dev.coffer.server.comparisons;

import dev.coffer.server.comparisons.RecordChange.ColumnChange;
import dev.coffer.server.comparisons.RecordChange.Field;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A record that differs, as programs see it. Values are PostgreSQL's own texts, or null; a locked
 * one reads {@code [ENCRYPTED]}.
 *
 * @param key what tells it apart; all values, where the table has no key
 * @param values its other values: of one that was changed, those that stayed the same
 * @param columns what changed
 * @param sealedChanged whether locked values changed
 */
record ChangeAnswer(
    @Schema(example = "changed") String change,
    Map<String, Optional<String>> key,
    Map<String, Optional<String>> values,
    List<ChangedColumn> columns,
    boolean sealedChanged) {
  private static final String LOCKED = "[ENCRYPTED]";

  /**
   * A value that changed.
   *
   * @param sealed whether it is locked: it changed, and no more is told
   * @param cut whether one of the texts goes on
   */
  record ChangedColumn(
      @Schema(example = "customerLastName") String column,
      Optional<String> from,
      Optional<String> to,
      boolean sealed,
      boolean cut) {
    static ChangedColumn of(ColumnChange change) {
      return new ChangedColumn(
          change.before().column(),
          change.sealed() ? Optional.empty() : change.before().text(),
          change.sealed() ? Optional.empty() : change.after().text(),
          change.sealed(),
          change.before().cut() || change.after().cut());
    }
  }

  static ChangeAnswer of(RecordChange change) {
    return new ChangeAnswer(
        change.kind().name().toLowerCase(Locale.ROOT),
        values(change.key()),
        values(change.values()),
        change.columns().stream().map(ChangedColumn::of).toList(),
        change.sealedChanged());
  }

  private static Map<String, Optional<String>> values(List<Field> fields) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    fields.forEach(
        field -> values.put(field.column(), field.sealed() ? Optional.of(LOCKED) : field.text()));
    return values;
  }
}
