package dev.coffer.postgres.catalog;

import java.util.List;

/**
 * One object of a database and the SQL that makes it.
 *
 * @param name for people and for a stable order
 * @param target how {@code COMMENT ON} and its like call it, {@code TABLE public.sales}; empty
 *     where they cannot
 * @param placeholder SQL that makes a stand-in of the same name, for objects that need each other:
 *     a view without its query, a type without its functions; empty where there is none
 * @param after objects that have to exist before, beyond those that {@code pg_depend} knows
 */
record CatalogObject(
    ObjectId id,
    ObjectKind kind,
    String name,
    String target,
    String sql,
    String placeholder,
    List<ObjectId> after) {

  CatalogObject {
    after = List.copyOf(after);
  }

  CatalogObject(ObjectId id, ObjectKind kind, String name, String target, String sql) {
    this(id, kind, name, target, sql, "", List.of());
  }

  CatalogObject withPlaceholder(String newPlaceholder) {
    return new CatalogObject(id, kind, name, target, sql, newPlaceholder, after);
  }

  CatalogObject withAfter(List<ObjectId> newAfter) {
    return new CatalogObject(id, kind, name, target, sql, placeholder, newAfter);
  }
}
