package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.FIRST_USER_OID;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import dev.coffer.model.NotCaptured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names what a backup does not hold. Beside the cases known beforehand it sweeps every catalog: an
 * object that no statement makes, and that is no part of one that a statement makes, is named
 * whatever it is.
 */
final class NotCapturedReader {
  private static final List<String> CATALOGS =
      List.of(
          "pg_namespace",
          "pg_extension",
          "pg_language",
          "pg_class",
          "pg_attrdef",
          "pg_constraint",
          "pg_rewrite",
          "pg_trigger",
          "pg_policy",
          "pg_type",
          "pg_proc",
          "pg_operator",
          "pg_opclass",
          "pg_opfamily",
          "pg_amop",
          "pg_amproc",
          "pg_cast",
          "pg_collation",
          "pg_conversion",
          "pg_transform",
          "pg_am",
          "pg_ts_parser",
          "pg_ts_template",
          "pg_ts_dict",
          "pg_ts_config",
          "pg_foreign_data_wrapper",
          "pg_foreign_server",
          "pg_publication",
          "pg_publication_rel",
          "pg_statistic_ext",
          "pg_event_trigger");

  private NotCapturedReader() {}

  static List<NotCaptured> read(
      CatalogSession session, Set<ObjectId> emitted, DependencyGraph graph) throws SQLException {
    List<NotCaptured> result = new ArrayList<>();
    for (String sql : KnownGaps.queries(session)) {
      result.addAll(
          session.list(
              sql,
              row -> new NotCaptured(text(row, "kind"), text(row, "name"), text(row, "reason"))));
    }
    result.addAll(sweep(session, emitted, graph));
    return result.stream()
        .sorted(Comparator.comparing(NotCaptured::kind).thenComparing(NotCaptured::name))
        .toList();
  }

  private static List<NotCaptured> sweep(
      CatalogSession session, Set<ObjectId> emitted, DependencyGraph graph) throws SQLException {
    Stream<String> catalogs =
        session.version() < 15
            ? CATALOGS.stream()
            : Stream.concat(CATALOGS.stream(), Stream.of("pg_publication_namespace"));
    String everything =
        catalogs
            .map(catalog ->
                "SELECT '%1$s', oid FROM %1$s WHERE oid >= %2$d".formatted(catalog, FIRST_USER_OID))
            .collect(Collectors.joining(" UNION ALL "));
    Set<ObjectId> left = new LinkedHashSet<>();
    session.list(
        everything,
        row -> left.add(graph.whole(new ObjectId(row.getString(1), row.getLong(2)), emitted)));
    left.removeIf(emitted::contains);
    left.removeIf(id -> id.oid() < FIRST_USER_OID);
    return left.isEmpty() ? List.of() : describe(session, left);
  }

  private static List<NotCaptured> describe(CatalogSession session, Set<ObjectId> left)
      throws SQLException {
    String list =
        left.stream()
            .map(id -> "('" + id.catalog() + "'::regclass, " + id.oid() + "::oid)")
            .collect(Collectors.joining(", "));
    return session.list(
        """
        SELECT coalesce(i.type, 'object') AS type, coalesce(i.identity, o.id::text) AS name,
               coalesce(i.schema, '') AS schema,
               x.indisvalid = false AS invalid
        FROM (VALUES %s) AS o (catalog, id)
        LEFT JOIN pg_class c ON o.catalog = 'pg_class'::regclass AND c.oid = o.id
        LEFT JOIN pg_index x ON x.indexrelid = c.oid
        LEFT JOIN LATERAL pg_identify_object(o.catalog, o.id, 0) i ON true
        WHERE NOT (o.catalog = 'pg_namespace'::regclass AND i.name ~ '^pg_(toast_)?temp_')
          AND NOT (i.schema ~ '^pg_temp' AND i.type NOT IN ('table', 'view', 'function', 'type'))
          AND NOT (i.type = 'table constraint' AND i.identity ~ ' on pg_temp')
        """
            .formatted(list),
        row -> {
          String kind = text(row, "type").toUpperCase(Locale.ROOT);
          String schema = text(row, "schema");
          if (schema.startsWith("pg_temp")) {
            return new NotCaptured(
                "TEMPORARY " + kind, text(row, "name"), "It ends with the session that made it.");
          }
          if (schema.startsWith("pg_") || schema.equals("information_schema")) {
            return new NotCaptured(
                kind,
                text(row, "name"),
                "It lies in a schema that belongs to the server. Move it to one of your own.");
          }
          return new NotCaptured(
              kind,
              text(row, "name"),
              row.getBoolean("invalid")
                  ? "The index is not valid: CREATE INDEX CONCURRENTLY did not finish."
                  : "Coffer has no statement for it.");
        });
  }
}
