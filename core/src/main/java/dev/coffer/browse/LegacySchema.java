package dev.coffer.browse;

import static java.util.Comparator.comparingLong;

import dev.coffer.legacy.LegacyLayout;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.KeyStyle;
import dev.coffer.profile.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A legacy file's tables as a document would describe them, as far as their rows and names tell:
 * the file itself says nothing of types, keys and links. What a profile seals anywhere, what looks
 * like a secret and what the file masks is sealed.
 *
 * @param profile the one whose names the file uses, with the file's names of columns
 */
record LegacySchema(List<Table> tables, Profile profile) {
  private static final String ID = "id";

  static LegacySchema of(LegacyLayout layout, List<Profile> profiles) {
    Profile known = choose(layout, profiles);
    List<Table> tables = new ArrayList<>();
    Set<QualifiedName> taken = new HashSet<>();
    for (LegacyLayout.Table found : layout.tables()) {
      QualifiedName name =
          name(found.name(), known).filter(taken::add).orElse(new QualifiedName("", found.name()));
      tables.add(table(found, name, profiles));
    }
    Profile spelt = known.spelt(column -> key(column, tables));
    return new LegacySchema(tables, spelt.alsoLinking(new LegacyLinks(tables, spelt).links()));
  }

  /** Whether what stands under a name in a row, or within a value, is a secret. */
  static boolean isSecret(String key, String type, List<Profile> profiles) {
    return Stream.concat(profiles.stream(), Stream.of(Profile.NEUTRAL))
        .anyMatch(profile -> profile.hides(key, type));
  }

  private static Profile choose(LegacyLayout layout, List<Profile> profiles) {
    return profiles.stream()
        .max(comparingLong((Profile profile) -> known(layout, profile)))
        .filter(profile -> known(layout, profile) > 0)
        .orElse(Profile.NEUTRAL);
  }

  private static long known(LegacyLayout layout, Profile profile) {
    return layout.tables().stream()
        .filter(table -> profile.tables().containsValue(table.name()))
        .count();
  }

  private static Optional<QualifiedName> name(String logicalName, Profile profile) {
    return profile.tables().entrySet().stream()
        .filter(table -> table.getValue().equals(logicalName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Table table(LegacyLayout.Table found, QualifiedName name, List<Profile> profiles) {
    List<Column> columns = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    boolean hasKey = false;
    for (LegacyLayout.Column look : found.columns()) {
      Column column = column(look, profiles);
      columns.add(column);
      keys.add(look.key());
      hasKey |= look.key().equals(ID) && look.complete() && !column.sealed();
    }
    StringBuilder fingerprint = new StringBuilder("$sealed");
    while (keys.contains(fingerprint.toString())) {
      fingerprint.append('$');
    }
    return new Table(
        name,
        found.name(),
        Table.Kind.TABLE,
        columns,
        hasKey ? List.of(ID) : List.of(),
        List.of(),
        columns.stream().anyMatch(Column::sealed) ? fingerprint.toString() : "");
  }

  private static Column column(LegacyLayout.Column look, List<Profile> profiles) {
    ValueKind kind =
        switch (look.form()) {
          case NUMBER -> ValueKind.NUMBER;
          case BOOLEAN -> ValueKind.BOOLEAN;
          case JSON -> ValueKind.JSONB;
          case TEXT -> ValueKind.TEXT;
        };
    String type =
        switch (kind) {
          case NUMBER -> "numeric";
          case BOOLEAN -> "boolean";
          case JSONB -> "jsonb";
          case TEXT -> "text";
        };
    boolean sealed = look.masked() || look.secretive() || isSecret(look.key(), type, profiles);
    return new Column(look.key(), look.key(), type, kind, false, sealed, Column.Generation.NONE);
  }

  /** What a column that a profile names is called in the file. */
  private static String key(ColumnName column, List<Table> tables) {
    String camel = KeyStyle.CAMEL_CASE.apply(column.column());
    boolean inCamel =
        tables.stream()
            .filter(table -> table.name().equals(column.table()))
            .flatMap(table -> table.columns().stream())
            .anyMatch(each -> each.key().equals(camel));
    return inCamel ? camel : column.column();
  }
}
