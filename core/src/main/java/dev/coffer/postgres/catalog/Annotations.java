package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.text;

import dev.coffer.model.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Comments or security labels: on whatever is emitted, on columns, and on constraints and indexes
 * that come with something else.
 */
final class Annotations {

  /**
   * One annotation.
   *
   * @param verb what stands before the target: {@code COMMENT ON}
   * @param target what it is on, where that is a part of an object: {@code COLUMN public.sales.id}
   */
  private record Annotation(String verb, String target, String text) {}

  private final Map<ObjectId, List<Annotation>> annotations = new TreeMap<>(ObjectId.ORDER);

  private Annotations() {}

  static Annotations comments(CatalogSession session) throws SQLException {
    return read(session, "pg_description", "description", "'COMMENT ON '");
  }

  static Annotations securityLabels(CatalogSession session) throws SQLException {
    return read(
        session,
        "pg_seclabel",
        "label",
        "'SECURITY LABEL FOR ' || quote_ident(d.provider) || ' ON '");
  }

  // Every new database says of its schema public that it is the standard one.
  private static Annotations read(CatalogSession session, String catalog, String text, String verb)
      throws SQLException {
    Annotations annotations = new Annotations();
    session.list(
        """
        SELECT d.classoid::regclass::text AS catalog, d.objoid, d.%2$s AS text, %3$s AS verb,
               CASE WHEN d.objsubid > 0 AND d.classoid = 'pg_class'::regclass
                      THEN 'COLUMN ' || d.objoid::regclass || '.' || quote_ident(a.attname)
                    WHEN c.relkind IN ('i', 'I') THEN 'INDEX ' || c.oid::regclass
                    WHEN k.conrelid <> 0
                      THEN 'CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || k.conrelid::regclass
                    WHEN k.contypid <> 0
                      THEN 'CONSTRAINT ' || quote_ident(k.conname) || ' ON DOMAIN '
                        || k.contypid::regtype
                    ELSE '' END AS target
        FROM %1$s d
        LEFT JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
        LEFT JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
        LEFT JOIN pg_attribute a ON d.classoid = 'pg_class'::regclass
          AND a.attrelid = d.objoid AND a.attnum = d.objsubid
        WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass
                 AND d.objoid = to_regnamespace('public') AND d.%2$s <> 'standard public schema')
          AND (d.objsubid <= 0 OR a.attnum > 0)
        UNION ALL
        SELECT 'pg_namespace', n.oid, '', 'COMMENT ON ', '' FROM pg_namespace n
        WHERE n.nspname = 'public' AND '%1$s' = 'pg_description'
          AND obj_description(n.oid, 'pg_namespace') IS NULL
        ORDER BY 1, 2, 5, 4
        """
            .formatted(catalog, text, verb),
        row ->
            annotations
                .annotations
                .computeIfAbsent(
                    new ObjectId(text(row, "catalog"), row.getLong("objoid")),
                    id -> new ArrayList<>())
                .add(new Annotation(text(row, "verb"), text(row, "target"), text(row, "text"))));
    return annotations;
  }

  /** The statements for objects and their parts, by the emitted object that they follow. */
  Map<ObjectId, String> byObject(Map<ObjectId, CatalogObject> emitted, DependencyGraph graph) {
    Map<ObjectId, String> result = new HashMap<>();
    annotations.forEach((id, own) -> {
      for (Annotation annotation : own) {
        CatalogObject object = emitted.get(id);
        if (object == null && !annotation.target().isEmpty() && !graph.isMember(id)) {
          object = emitted.get(graph.whole(id, emitted.keySet()));
        }
        if (object != null) {
          result.merge(object.id(), statement(annotation, object), (a, b) -> a + "\n" + b);
        }
      }
    });
    return result;
  }

  private static String statement(Annotation annotation, CatalogObject object) {
    String target = annotation.target().isEmpty() ? object.target() : annotation.target();
    String literal = Identifiers.literal(annotation.text()).strip();
    return annotation.verb() + target + " IS " + literal + ";";
  }
}
