package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.Mode;
import dev.coffer.restore.record.RecordName;
import dev.coffer.server.backups.Backup;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks to be restored.
 *
 * @param identity opens passwords and bank details for this one restore; kept nowhere
 * @param dryRun false to restore at once, for which {@code confirm} is needed
 * @param confirm the database's name
 */
record RestoreBody(
    @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst")
        @Nullable String backup,
    @Schema(example = "[]") @Nullable List<String> tables,
    @Schema(example = "[\"sales/cm0a1b2c3000000x1y2z3a4b5\"]") @Nullable List<String> records,
    @Schema(example = "customer42@mail.example") @Nullable String customer,
    @Schema(example = "missing", description = "exact, merge or missing") @Nullable String mode,
    @Schema(example = "AGE-SECRET-KEY-1…") @Nullable String identity,
    @Nullable Boolean withoutKey,
    @Schema(example = "true") @Nullable Boolean dryRun,
    @Schema(example = "portal") @Nullable String confirm) {

  String name() {
    return Objects.requireNonNullElse(backup, "");
  }

  boolean planOnly() {
    return Objects.requireNonNullElse(dryRun, true);
  }

  String typed() {
    return Objects.requireNonNullElse(confirm, "");
  }

  Optional<String> key() {
    return Optional.ofNullable(identity).filter(text -> !text.isBlank());
  }

  boolean goesWithoutKey() {
    return Objects.requireNonNullElse(withoutKey, false);
  }

  RestoreOrder.FromBackup order(Backup from, KeyUse use) {
    List<RecordName> names = new ArrayList<>();
    Objects.requireNonNullElse(records, List.<String>of())
        .forEach(text -> names.add(RecordName.parse(Objects.requireNonNullElse(text, ""))));
    if (customer != null && !customer.isBlank()) {
      names.add(new RecordName.ByWord("customer", customer));
    }
    List<String> only = Objects.requireNonNullElse(tables, List.<String>of());
    if (!names.isEmpty() && !only.isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "tables were named together with records or a customer",
          "A record is restored with all that belongs to it: name one of the two.");
    }
    if (only.stream().anyMatch(Objects::isNull)) {
      throw new CofferException(ErrorCode.USAGE, "a table has no name", "Give texts.");
    }
    Mode standard = names.isEmpty() ? Mode.EXACT : Mode.MISSING;
    return new RestoreOrder.FromBackup(
        from.name(),
        from.info().file(),
        only,
        names,
        mode == null ? standard : Choice.mode(mode),
        use);
  }
}
