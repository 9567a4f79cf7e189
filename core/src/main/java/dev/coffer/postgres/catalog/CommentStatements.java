package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.text;

import dev.coffer.model.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Comments: on whatever is emitted, on columns, and on constraints that come with a table. */
final class CommentStatements {
  private final Map<ObjectId, List<Comment>> comments = new TreeMap<>(ObjectId.ORDER);

  /**
   * One comment.
   *
   * @param target what it is on, where that is a part of an object: {@code COLUMN public.sales.id}
   */
  private record Comment(String target, String text) {}

  private CommentStatements() {}

  static CommentStatements read(CatalogSession session) throws SQLException {
    CommentStatements statements = new CommentStatements();
    session.list(
        """
        SELECT d.classoid::regclass::text AS catalog, d.objoid, d.description,
               CASE WHEN d.objsubid > 0 AND d.classoid = 'pg_class'::regclass
                      THEN 'COLUMN ' || d.objoid::regclass || '.' || quote_ident(a.attname)
                    WHEN c.relkind IN ('i', 'I') THEN 'INDEX ' || c.oid::regclass
                    ELSE '' END AS target
        FROM pg_description d
        LEFT JOIN pg_attribute a ON d.classoid = 'pg_class'::regclass
          AND a.attrelid = d.objoid AND a.attnum = d.objsubid
        LEFT JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
        WHERE (d.objoid >= 16384 OR d.objoid = 'public'::regnamespace
               AND d.classoid = 'pg_namespace'::regclass
               AND d.description <> 'standard public schema')
          AND (d.objsubid <= 0 OR a.attnum > 0)
          AND d.classoid <> 'pg_constraint'::regclass
        UNION ALL
        SELECT 'pg_constraint',
               d.objoid, d.description,
               'CONSTRAINT ' || quote_ident(k.conname) || ' ON '
                 || CASE WHEN k.conrelid <> 0 THEN k.conrelid::regclass::text
                         ELSE 'DOMAIN ' || k.contypid::regtype END
        FROM pg_description d JOIN pg_constraint k ON k.oid = d.objoid
        WHERE d.classoid = 'pg_constraint'::regclass
        ORDER BY 1, 2, 4
        """,
        row ->
            statements
                .comments
                .computeIfAbsent(
                    new ObjectId(text(row, "catalog"), row.getLong("objoid")),
                    id -> new ArrayList<>())
                .add(new Comment(text(row, "target"), text(row, "description"))));
    return statements;
  }

  /** The comments on objects and on their parts, by the emitted object they follow. */
  Map<ObjectId, String> byObject(Map<ObjectId, CatalogObject> emitted, DependencyGraph graph) {
    Map<ObjectId, String> result = new HashMap<>();
    comments.forEach((id, own) -> {
      for (Comment comment : own) {
        CatalogObject object = emitted.get(id);
        if (object == null && !comment.target().isEmpty() && !graph.isMember(id)) {
          object = emitted.get(graph.whole(id, emitted.keySet()));
        }
        if (object != null) {
          String target = comment.target().isEmpty() ? object.target() : comment.target();
          result.merge(object.id(), statement(target, comment.text()), (a, b) -> a + "\n" + b);
        }
      }
    });
    return result;
  }

  private static String statement(String target, String text) {
    return "COMMENT ON " + target + " IS " + Identifiers.literal(text).strip() + ";";
  }
}
