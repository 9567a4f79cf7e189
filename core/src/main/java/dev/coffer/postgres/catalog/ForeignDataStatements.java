package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.FIRST_USER_OID;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Foreign-data wrappers, servers and user mappings. The options of a user mapping hold passwords
 * and are left out, and so is a server's option whose name says that it is a secret.
 */
final class ForeignDataStatements {
  /** A pattern for the names of options that stay out of a backup. */
  static final String SECRET_OPTION = "(passw|secret|token|credential|private_?key|api_?key)";

  private ForeignDataStatements() {}

  private static String options(String array) {
    return """
    coalesce((SELECT ' OPTIONS (' || string_agg(quote_ident(option_name) || ' '
                       || quote_literal(option_value), ', ') || ')'
              FROM pg_options_to_table(%s) WHERE option_name !~* '%s'), '')
    """
        .formatted(array, SECRET_OPTION);
  }

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    objects.addAll(
        session.objects(
            ObjectKind.FOREIGN_DATA_WRAPPER,
            "pg_foreign_data_wrapper",
            """
            SELECT w.oid, w.fdwname AS name,
                   'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) AS target,
                   'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
                     || coalesce(' HANDLER ' || nullif(w.fdwhandler, 0)::regproc, '')
                     || coalesce(' VALIDATOR ' || nullif(w.fdwvalidator, 0)::regproc, '')
                     || %s || ';' AS sql
            FROM pg_foreign_data_wrapper w WHERE w.oid >= %d AND %s
            """
                .formatted(
                    options("w.fdwoptions"),
                    FIRST_USER_OID,
                    notMember("pg_foreign_data_wrapper", "w.oid"))));
    objects.addAll(
        session.objects(
            ObjectKind.SERVER,
            "pg_foreign_server",
            """
            SELECT s.oid, s.srvname AS name, 'SERVER ' || quote_ident(s.srvname) AS target,
                   'CREATE SERVER ' || quote_ident(s.srvname)
                     || coalesce(' TYPE ' || quote_literal(s.srvtype), '')
                     || coalesce(' VERSION ' || quote_literal(s.srvversion), '')
                     || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) || %s || ';' AS sql
            FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
            WHERE s.oid >= %d AND %s
            """
                .formatted(
                    options("s.srvoptions"),
                    FIRST_USER_OID,
                    notMember("pg_foreign_server", "s.oid"))));
    objects.addAll(
        session.list(
            """
            SELECT m.umid, m.srvid,
                   CASE WHEN m.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END
                     || ' SERVER ' || quote_ident(m.srvname) AS name
            FROM pg_user_mappings m
            """,
            row -> {
              String name = CatalogSession.text(row, "name");
              return new CatalogObject(
                      new ObjectId("pg_user_mapping", row.getLong("umid")),
                      ObjectKind.USER_MAPPING,
                      name,
                      "",
                      "CREATE USER MAPPING FOR " + name + ";")
                  .withAfter(List.of(new ObjectId("pg_foreign_server", row.getLong("srvid"))));
            }));
    return objects;
  }
}
