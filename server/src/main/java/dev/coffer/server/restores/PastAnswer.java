package dev.coffer.server.restores;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A restore of the past, from the journal among the backups.
 *
 * @param state {@code done}, {@code rolled_back}, {@code applying} or {@code unknown}
 * @param scope the tables or records that it was limited to; empty for everything
 * @param tables records touched, by table
 * @param undoes the restore that it took back; empty for none
 * @param undoneBy the one that took it back; empty for none
 */
record PastAnswer(
    @Schema(example = "R-2026-01-25T14-30-45-123Z") String restoreId,
    Optional<Instant> at,
    @Schema(example = "done") String state,
    String createdBy,
    String backup,
    String mode,
    String scope,
    String database,
    Map<String, Long> tables,
    String safetyBackup,
    boolean undoable,
    String undoes,
    String undoneBy) {

  static PastAnswer of(PastRestores.Past past) {
    return new PastAnswer(
        past.entry().id(),
        past.at(),
        past.entry().state().name().toLowerCase(Locale.ROOT),
        past.entry().createdBy(),
        past.entry().undoes().isPresent() ? "" : past.entry().backup(),
        past.entry().mode(),
        past.entry().scope(),
        past.entry().database().name(),
        new TreeMap<>(past.entry().tables()),
        past.safety(),
        past.undoable(),
        past.entry().undoes().orElse(""),
        past.entry().undoneBy().orElse(""));
  }
}
