package dev.coffer.postgres.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every object for which there is a statement, in no particular order. Most databases have nothing
 * of the rarer families: one query finds out which, and saves those for them.
 */
final class CatalogObjects {

  /** Reads one family of objects. */
  @FunctionalInterface
  private interface Family {
    List<CatalogObject> read(CatalogSession session) throws SQLException;
  }

  private static final Map<Set<String>, Family> RARE =
      Map.of(
          Set.of("pg_operator", "pg_opclass", "pg_opfamily"),
          OperatorStatements::read,
          Set.of("pg_cast", "pg_transform", "pg_conversion", "pg_collation", "pg_am"),
          ExtensibilityStatements::read,
          Set.of("pg_ts_parser", "pg_ts_template", "pg_ts_dict", "pg_ts_config"),
          TextSearchStatements::read,
          Set.of("pg_foreign_data_wrapper", "pg_foreign_server"),
          ForeignDataStatements::read,
          Set.of("pg_publication"),
          PublicationStatements::read,
          Set.of("pg_statistic_ext"),
          StatisticsStatements::read,
          Set.of("pg_policy"),
          PolicyStatements::read,
          Set.of("pg_largeobject_metadata"),
          LargeObjectStatements::read);

  private CatalogObjects() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    Map<Long, List<TableColumns.Definition>> columns = TableColumns.read(session);
    objects.addAll(NamespaceStatements.read(session));
    objects.addAll(TypeStatements.read(session));
    objects.addAll(BaseTypeStatements.read(session));
    objects.addAll(FunctionStatements.read(session));
    objects.addAll(AggregateStatements.read(session));
    objects.addAll(SequenceStatements.read(session));
    objects.addAll(TableStatements.read(session, columns));
    objects.addAll(ViewStatements.read(session, columns));
    objects.addAll(ConstraintStatements.read(session));
    objects.addAll(TriggerStatements.read(session));
    Set<String> used = used(session);
    for (Map.Entry<Set<String>, Family> rare : RARE.entrySet()) {
      if (rare.getKey().stream().anyMatch(used::contains)) {
        objects.addAll(rare.getValue().read(session));
      }
    }
    return objects;
  }

  /** Which of the rarer catalogs hold anything that initdb did not put there. */
  private static Set<String> used(CatalogSession session) throws SQLException {
    String sql =
        RARE.keySet().stream()
            .flatMap(Set::stream)
            .sorted()
            .map(catalog -> {
              // A large object may have any number; the server itself has none.
              int first =
                  catalog.equals("pg_largeobject_metadata") ? 0 : CatalogSession.FIRST_USER_OID;
              return "SELECT '%1$s' WHERE EXISTS (SELECT FROM %1$s WHERE oid >= %2$d)"
                  .formatted(catalog, first);
            })
            .collect(Collectors.joining(" UNION ALL "));
    return new HashSet<>(session.list(sql, row -> row.getString(1)));
  }
}
