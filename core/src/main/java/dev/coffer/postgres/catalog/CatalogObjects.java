package dev.coffer.postgres.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every object for which there is a statement, in no particular order. */
final class CatalogObjects {

  private CatalogObjects() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    Map<Long, List<TableColumns.Definition>> columns = TableColumns.read(session);
    objects.addAll(NamespaceStatements.read(session));
    objects.addAll(TypeStatements.read(session));
    objects.addAll(BaseTypeStatements.read(session));
    objects.addAll(FunctionStatements.read(session));
    objects.addAll(AggregateStatements.read(session));
    objects.addAll(OperatorStatements.read(session));
    objects.addAll(ExtensibilityStatements.read(session));
    objects.addAll(TextSearchStatements.read(session));
    objects.addAll(ForeignDataStatements.read(session));
    objects.addAll(SequenceStatements.read(session));
    objects.addAll(TableStatements.read(session, columns));
    objects.addAll(ViewStatements.read(session, columns));
    objects.addAll(LargeObjectStatements.read(session));
    objects.addAll(ConstraintStatements.read(session));
    objects.addAll(StatisticsStatements.read(session));
    objects.addAll(TriggerStatements.read(session));
    objects.addAll(PolicyStatements.read(session));
    objects.addAll(PublicationStatements.read(session));
    return objects;
  }
}
