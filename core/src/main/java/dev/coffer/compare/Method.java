package dev.coffer.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.TablePair.ColumnPair;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.List;

/**
 * How rows of a table can be compared.
 *
 * @param sameForm whether equal rows have equal lines, so that lines and chunks are known by their
 *     hashes without being read
 */
record Method(boolean sameForm, Secrets secrets) {

  static Method of(TablePair pair, OpenedBackup before, OpenedBackup after) {
    boolean sealedBefore = !stored(pair.before()).isEmpty();
    boolean sealedAfter = !stored(pair.after()).isEmpty();
    boolean fingerprints =
        sealedBefore && before.signer().equals(after.signer()) && fingerprinted(pair);
    boolean open =
        (!sealedBefore || before.opensSecrets()) && (!sealedAfter || after.opensSecrets());
    Secrets secrets =
        !sealedBefore && !sealedAfter
            ? Secrets.NONE
            : open ? Secrets.OPEN : fingerprints ? Secrets.BY_FINGERPRINT : Secrets.UNKNOWN;
    boolean sameForm =
        lines(pair.before()).equals(lines(pair.after()))
            && pair.before().fingerprintKey().equals(pair.after().fingerprintKey())
            && pair.columns().stream()
                .allMatch(column -> column.before().name().equals(column.after().name()))
            && pair.columns().size() == pair.before().storedColumns().size()
            && (secrets == Secrets.NONE || fingerprints);
    return new Method(sameForm, secrets);
  }

  private static List<Column> stored(Table table) {
    return table.storedColumns().stream().filter(Column::sealed).toList();
  }

  /** What a line's form depends on, but for the values. */
  private static List<Column> lines(Table table) {
    return table.storedColumns().stream()
        .map(column ->
            new Column(
                column.name(),
                column.key(),
                "",
                column.kind(),
                false,
                column.sealed(),
                Column.Generation.NONE))
        .toList();
  }

  /** Whether both sides make a row's fingerprint of the same (docs/FORMAT.md, "Sealed values"). */
  private static boolean fingerprinted(TablePair pair) {
    List<ColumnPair> sealed =
        pair.columns().stream()
            .filter(column -> column.before().sealed() || column.after().sealed())
            .toList();
    return pair.before().logicalName().equals(pair.after().logicalName())
        && sealed.stream().map(ColumnPair::before).toList().equals(stored(pair.before()))
        && sealed.stream().map(ColumnPair::after).toList().equals(stored(pair.after()))
        && sealed.stream().allMatch(column -> column.before().kind() == column.after().kind())
        && primaryKey(pair).equals(pair.after().primaryKey());
  }

  private static List<String> primaryKey(TablePair pair) {
    return pair.before().primaryKey().stream()
        .map(name ->
            pair.columns().stream()
                .filter(column -> column.before().name().equals(name))
                .filter(column -> column.before().kind() == column.after().kind())
                .map(column -> column.after().name())
                .findFirst()
                .orElse(""))
        .toList();
  }
}
