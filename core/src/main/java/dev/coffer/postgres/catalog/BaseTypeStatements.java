package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.List;

/**
 * Base types, written in C, and types that are only declared. A base type and its functions need
 * each other, so it is declared first (PostgreSQL manual, "CREATE TYPE").
 */
final class BaseTypeStatements {

  private BaseTypeStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    return session.list(
        """
        SELECT t.oid, t.oid::regtype::text AS name, t.typisdefined,
               'CREATE TYPE ' || t.oid::regtype || E' (\\n    ' || concat_ws(E',\\n    ',
                 'INPUT = ' || t.typinput::regproc,
                 'OUTPUT = ' || t.typoutput::regproc,
                 'RECEIVE = ' || nullif(t.typreceive, 0)::regproc,
                 'SEND = ' || nullif(t.typsend, 0)::regproc,
                 'TYPMOD_IN = ' || nullif(t.typmodin, 0)::regproc,
                 'TYPMOD_OUT = ' || nullif(t.typmodout, 0)::regproc,
                 'ANALYZE = ' || nullif(t.typanalyze, 0)::regproc,
                 %1$s
                 'INTERNALLENGTH = ' || CASE t.typlen WHEN -1 THEN 'VARIABLE'
                                                      ELSE t.typlen::text END,
                 CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
                 'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2'
                                                   WHEN 'd' THEN 'double' ELSE 'int4' END,
                 'STORAGE = ' || CASE t.typstorage WHEN 'e' THEN 'external'
                   WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main' ELSE 'plain' END,
                 'CATEGORY = ' || quote_literal(t.typcategory::text),
                 CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
                 'DEFAULT = ' || quote_literal(t.typdefault),
                 'ELEMENT = ' || nullif(t.typelem, 0)::regtype,
                 'DELIMITER = ' || quote_literal(nullif(t.typdelim, ',')::text),
                 CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END) || E'\\n);' AS sql
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE (t.typtype = 'b' OR NOT t.typisdefined) AND %2$s AND %3$s
          AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
        """
            .formatted(
                session.since(14, "'SUBSCRIPT = ' || nullif(t.typsubscript, 0)::regproc,", ""),
                USER_SCHEMA,
                notMember("pg_type", "t.oid")),
        row -> {
          String name = CatalogSession.text(row, "name");
          String declaration = "CREATE TYPE " + name + ";";
          boolean defined = row.getBoolean("typisdefined");
          CatalogObject type =
              new CatalogObject(
                  new ObjectId("pg_type", row.getLong("oid")),
                  defined ? ObjectKind.TYPE : ObjectKind.SHELL_TYPE,
                  name,
                  "TYPE " + name,
                  defined ? CatalogSession.text(row, "sql") : declaration);
          return defined ? type.withPlaceholder(declaration) : type;
        });
  }
}
