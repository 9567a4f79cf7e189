package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;
import static dev.coffer.postgres.catalog.CatalogSession.optionalText;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sequences; those of identity columns come with their table. */
final class SequenceStatements {
  private final List<CatalogObject> objects = new ArrayList<>();

  private SequenceStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    SequenceStatements statements = new SequenceStatements();
    session.list(
        """
        SELECT c.oid, c.oid::regclass::text AS name, o.refobjid AS owner_oid,
               o.refobjid::regclass || '.' || quote_ident(a.attname) AS owner,
               'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END
                 || 'SEQUENCE ' || c.oid::regclass || ' AS ' || s.seqtypid::regtype || ' '
                 || %1$s || ';' AS sql
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_sequence s ON s.seqrelid = c.oid
        LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid
          AND o.objsubid = 0 AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
          AND o.refobjsubid > 0
        LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
        WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND o.deptype IS DISTINCT FROM 'i'
          AND %2$s AND %3$s
        """
            .formatted(TableColumns.SEQUENCE_OPTIONS, USER_SCHEMA, notMember("pg_class", "c.oid")),
        statements::add);
    return statements.objects;
  }

  private boolean add(ResultSet row) throws SQLException {
    ObjectId id = new ObjectId("pg_class", row.getLong("oid"));
    String name = text(row, "name");
    objects.add(
        new CatalogObject(id, ObjectKind.SEQUENCE, name, "SEQUENCE " + name, text(row, "sql")));
    String owner = optionalText(row, "owner");
    if (!owner.isEmpty()) {
      objects.add(
          new CatalogObject(
                  new ObjectId("owned by", id.oid()),
                  ObjectKind.SEQUENCE_OWNED_BY,
                  name,
                  "",
                  "ALTER SEQUENCE " + name + " OWNED BY " + owner + ";")
              .withAfter(List.of(id, new ObjectId("pg_class", row.getLong("owner_oid")))));
    }
    return true;
  }
}
