package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Who owns what is emitted. */
final class OwnerStatements {

  private static final int BOOTSTRAP_SUPERUSER = 10;
  private static final int PG_DATABASE_OWNER = 6171;

  private OwnerStatements() {}

  /** Owners, quoted, by object. */
  static Map<ObjectId, String> read(CatalogSession session) throws SQLException {
    Map<ObjectId, String> owners = new HashMap<>();
    // Schema public belongs to whom initdb gave it: the first role, pg_database_owner since 15.
    session.list(
        """
        SELECT catalog, oid, quote_ident(pg_get_userbyid(owner)) AS owner FROM (
          SELECT 'pg_namespace' AS catalog, oid, nspowner AS owner FROM pg_namespace
          WHERE nspname <> 'public' OR nspowner <> %d
          UNION ALL SELECT 'pg_class', oid, relowner FROM pg_class
          WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
          UNION ALL SELECT 'pg_type', oid, typowner FROM pg_type
          UNION ALL SELECT 'pg_proc', oid, proowner FROM pg_proc
          UNION ALL SELECT 'pg_operator', oid, oprowner FROM pg_operator
          UNION ALL SELECT 'pg_opclass', oid, opcowner FROM pg_opclass
          UNION ALL SELECT 'pg_opfamily', oid, opfowner FROM pg_opfamily
          UNION ALL SELECT 'pg_collation', oid, collowner FROM pg_collation
          UNION ALL SELECT 'pg_conversion', oid, conowner FROM pg_conversion
          UNION ALL SELECT 'pg_language', oid, lanowner FROM pg_language
          UNION ALL SELECT 'pg_ts_dict', oid, dictowner FROM pg_ts_dict
          UNION ALL SELECT 'pg_ts_config', oid, cfgowner FROM pg_ts_config
          UNION ALL SELECT 'pg_foreign_data_wrapper', oid, fdwowner FROM pg_foreign_data_wrapper
          UNION ALL SELECT 'pg_foreign_server', oid, srvowner FROM pg_foreign_server
          UNION ALL SELECT 'pg_publication', oid, pubowner FROM pg_publication
          UNION ALL SELECT 'pg_statistic_ext', oid, stxowner FROM pg_statistic_ext
          UNION ALL SELECT 'pg_event_trigger', oid, evtowner FROM pg_event_trigger
          UNION ALL SELECT 'pg_largeobject', oid, lomowner FROM pg_largeobject_metadata
        ) o WHERE oid >= 16384 OR catalog IN ('pg_namespace', 'pg_largeobject')
        """
            .formatted(session.version() >= 15 ? PG_DATABASE_OWNER : BOOTSTRAP_SUPERUSER),
        row ->
            owners.put(new ObjectId(text(row, "catalog"), row.getLong("oid")), text(row, "owner")));
    return owners;
  }
}
