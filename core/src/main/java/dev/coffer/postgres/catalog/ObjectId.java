package dev.coffer.postgres.catalog;

import java.util.Comparator;

/**
 * What identifies an object within one database.
 *
 * @param catalog the system catalog that holds it, {@code pg_class}; a word with a space in it for
 *     what Coffer emits apart though the catalog has no object for it
 * @param oid its object identifier there
 */
record ObjectId(String catalog, long oid) {
  static final Comparator<ObjectId> ORDER =
      Comparator.comparing(ObjectId::catalog).thenComparingLong(ObjectId::oid);
}
