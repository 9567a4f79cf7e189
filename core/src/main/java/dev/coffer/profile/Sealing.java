package dev.coffer.profile;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupInfo.SealedColumn;
import dev.coffer.model.Column;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which columns travel sealed, and remembers why. */
final class Sealing {
  private final Profile profile;
  private final Set<ColumnName> linking = new HashSet<>();
  private final List<SealedColumn> sealed = new ArrayList<>();
  private final List<NamedTables.NotSealed> notSealed = new ArrayList<>();

  Sealing(Profile profile, List<ForeignKey> foreignKeys) {
    this.profile = profile;
    for (ForeignKey key : foreignKeys) {
      key.columns().forEach(column -> linking.add(new ColumnName(key.from(), column)));
      key.targetColumns().forEach(column -> linking.add(new ColumnName(key.to(), column)));
    }
  }

  List<SealedColumn> sealed() {
    return sealed;
  }

  List<NamedTables.NotSealed> notSealed() {
    return notSealed;
  }

  List<Column> apply(Table table) {
    if (table.kind() == Table.Kind.LARGE_OBJECTS) {
      return table.columns();
    }
    return table.columns().stream().map(column -> apply(table, column)).toList();
  }

  private Column apply(Table table, Column column) {
    Optional<String> reason = reason(table, column);
    reason.ifPresent(
        words -> sealed.add(new SealedColumn(table.logicalName(), column.key(), words)));
    return column.withSealed(reason.isPresent());
  }

  private Optional<String> reason(Table table, Column column) {
    if (column.generation().computed()) {
      return Optional.empty();
    }
    ColumnName name = new ColumnName(table.name(), column.name());
    if (profile.sealed().contains(name)) {
      refusePrimaryKey(table, column);
      return Optional.of("named by the profile " + profile.name());
    }
    Optional<String> suspicion = SecretColumns.suspicion(column.name(), column.type());
    if (suspicion.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> objection = objection(table, column, name);
    objection.ifPresent(words ->
        notSealed.add(
            new NamedTables.NotSealed(
                table.logicalName(),
                column.key(),
                "its name says " + suspicion.get() + ", but " + words)));
    return objection.isPresent()
        ? Optional.empty()
        : Optional.of("its name says " + suspicion.get());
  }

  private Optional<String> objection(Table table, Column column, ColumnName name) {
    if (profile.neverSealed().contains(name)) {
      return Optional.of("the profile " + profile.name() + " says it is none");
    }
    if (table.primaryKey().contains(column.name())) {
      return Optional.of("it is part of the primary key");
    }
    if (linking.contains(name)) {
      return Optional.of("it is part of a foreign key");
    }
    if (table.uniqueKeys().stream().anyMatch(key -> key.contains(column.name()))) {
      return Optional.of("it is part of a unique key");
    }
    if (SecretColumns.cannotHoldSecret(column.type())) {
      return Optional.of("its type, " + column.type() + ", cannot hold one");
    }
    return Optional.empty();
  }

  private void refusePrimaryKey(Table table, Column column) {
    if (table.primaryKey().contains(column.name())) {
      throw new CofferException(
          ErrorCode.PROFILE_INVALID,
          "profile "
              + profile.name()
              + " seals "
              + table.name()
              + "."
              + column.name()
              + ", which is part of the primary key",
          "Rows are told apart by their primary key: take the column out of 'sealed'.");
    }
  }
}
