package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Enumerations, composite types, domains and ranges. */
final class TypeStatements {
  private static final String FROM_USER_TYPES =
      " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE "
          + USER_SCHEMA
          + " AND "
          + notMember("pg_type", "t.oid");

  private TypeStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    objects.addAll(enumerations(session));
    objects.addAll(composites(session));
    objects.addAll(domains(session));
    objects.addAll(domainConstraints(session));
    objects.addAll(ranges(session));
    return objects;
  }

  private static List<CatalogObject> enumerations(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.TYPE,
        "pg_type",
        """
        SELECT t.oid, t.oid::regtype::text AS name, 'TYPE ' || t.oid::regtype AS target,
               'CREATE TYPE ' || t.oid::regtype || ' AS ENUM ('
                 || coalesce((SELECT string_agg(E'\\n    ' || quote_literal(v.enumlabel), ','
                                                ORDER BY v.enumsortorder)
                              FROM pg_enum v WHERE v.enumtypid = t.oid), '')
                 || E'\\n);' AS sql
        """
            + FROM_USER_TYPES
            + " AND t.typtype = 'e'");
  }

  private static List<CatalogObject> composites(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.TYPE,
        "pg_type",
        """
        SELECT t.oid, t.oid::regtype::text AS name, 'TYPE ' || t.oid::regtype AS target,
               'CREATE TYPE ' || t.oid::regtype || ' AS ('
                 || coalesce((SELECT string_agg(
                      E'\\n    ' || quote_ident(a.attname) || ' '
                        || format_type(a.atttypid, a.atttypmod)
                        || CASE WHEN a.attcollation <> b.typcollation
                             THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
                      ',' ORDER BY a.attnum)
                    FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
                    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '')
                 || E'\\n);' AS sql
        """
            + FROM_USER_TYPES
            + " AND t.typtype = 'c' AND t.typrelid IN"
            + " (SELECT oid FROM pg_class WHERE relkind = 'c')");
  }

  private static List<CatalogObject> domains(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.DOMAIN,
        "pg_type",
        """
        SELECT t.oid, t.oid::regtype::text AS name, 'DOMAIN ' || t.oid::regtype AS target,
               'CREATE DOMAIN ' || t.oid::regtype || ' AS '
                 || format_type(t.typbasetype, t.typtypmod)
                 || CASE WHEN t.typcollation <> b.typcollation
                      THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
                 || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '')
                 || CASE WHEN t.typnotnull THEN coalesce(
                      (SELECT ' CONSTRAINT ' || quote_ident(k.conname) FROM pg_constraint k
                       WHERE k.contypid = t.oid AND k.contype = 'n'), '') || ' NOT NULL'
                    ELSE '' END
                 || coalesce((SELECT string_agg(
                      E'\\n    CONSTRAINT ' || quote_ident(k.conname) || ' '
                        || pg_get_constraintdef(k.oid), '' ORDER BY k.conname COLLATE "C")
                    FROM pg_constraint k
                    WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT %s), '')
                 || ';' AS sql
        """
                .formatted(SEPARATE)
            + FROM_USER_TYPES.replace(" WHERE ", " JOIN pg_type b ON b.oid = t.typbasetype WHERE ")
            + " AND t.typtype = 'd'");
  }

  /** Whether a domain's check {@code k} needs what may in turn need the domain. */
  private static final String SEPARATE =
      """
      (NOT k.convalidated OR EXISTS (
         SELECT FROM pg_depend u
         WHERE u.classid = 'pg_constraint'::regclass AND u.objid = k.oid AND u.refobjid >= 16384
         AND u.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_class'::regclass)
         AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = u.refclassid
                         AND e.objid = u.refobjid AND e.deptype = 'e')))\
      """;

  private static List<CatalogObject> domainConstraints(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.DOMAIN_CONSTRAINT,
        "pg_constraint",
        """
        SELECT k.oid, t.oid::regtype || '.' || quote_ident(k.conname) AS name,
               'CONSTRAINT ' || quote_ident(k.conname) || ' ON DOMAIN ' || t.oid::regtype
                 AS target,
               'ALTER DOMAIN ' || t.oid::regtype || ' ADD CONSTRAINT ' || quote_ident(k.conname)
                 || ' ' || pg_get_constraintdef(k.oid) || ';' AS sql
        """
            + FROM_USER_TYPES.replace(
                " WHERE ", " JOIN pg_constraint k ON k.contypid = t.oid AND k.contype = 'c' WHERE ")
            + " AND "
            + SEPARATE);
  }

  private static List<CatalogObject> ranges(CatalogSession session) throws SQLException {
    String multirange =
        session.since(14, "|| E',\\n    multirange_type_name = ' || r.rngmultitypid::regtype", "");
    return session.list(
        """
        SELECT t.oid, t.oid::regtype::text AS name,
               'CREATE TYPE ' || t.oid::regtype || E' AS RANGE (\\n    subtype = '
                 || r.rngsubtype::regtype
                 || CASE WHEN o.opcdefault THEN '' ELSE E',\\n    subtype_opclass = '
                      || o.opcnamespace::regnamespace || '.' || quote_ident(o.opcname) END
                 || CASE WHEN r.rngcollation <> b.typcollation
                      THEN E',\\n    collation = ' || r.rngcollation::regcollation ELSE '' END
                 || CASE WHEN r.rngcanonical <> 0
                      THEN E',\\n    canonical = ' || r.rngcanonical::regproc ELSE '' END
                 || CASE WHEN r.rngsubdiff <> 0
                      THEN E',\\n    subtype_diff = ' || r.rngsubdiff::regproc ELSE '' END
                 %s || E'\\n);' AS sql
        """
                .formatted(multirange)
            + FROM_USER_TYPES.replace(
                " WHERE ",
                """
                 JOIN pg_range r ON r.rngtypid = t.oid
                 JOIN pg_type b ON b.oid = r.rngsubtype
                 JOIN pg_opclass o ON o.oid = r.rngsubopc WHERE \
                """)
            + " AND t.typtype = 'r'",
        row -> {
          String name = CatalogSession.text(row, "name");
          return new CatalogObject(
                  new ObjectId("pg_type", row.getLong("oid")),
                  ObjectKind.TYPE,
                  name,
                  "TYPE " + name,
                  CatalogSession.text(row, "sql"))
              .withPlaceholder("CREATE TYPE " + name + ";");
        });
  }
}
