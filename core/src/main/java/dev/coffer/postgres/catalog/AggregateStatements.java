package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.List;

/** Aggregates (PostgreSQL manual, "CREATE AGGREGATE"). */
final class AggregateStatements {

  private AggregateStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.AGGREGATE,
        "pg_proc",
        """
        SELECT p.oid, p.oid::regprocedure::text AS name,
               'AGGREGATE ' || q.name || '(' || coalesce(
                 nullif(pg_get_function_identity_arguments(p.oid), ''), '*') || ')' AS target,
               'CREATE AGGREGATE ' || q.name || '(' || coalesce(
                 nullif(pg_get_function_arguments(p.oid), ''), '*') || E') (\\n    ' || concat_ws(
                 E',\\n    ',
                 'SFUNC = ' || a.aggtransfn::regproc,
                 'STYPE = ' || a.aggtranstype::regtype,
                 'SSPACE = ' || nullif(a.aggtransspace, 0),
                 'FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc,
                 CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
                 CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC_MODIFY = '
                   || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE'
                                            ELSE 'READ_WRITE' END END,
                 'COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc,
                 'SERIALFUNC = ' || nullif(a.aggserialfn, 0)::regproc,
                 'DESERIALFUNC = ' || nullif(a.aggdeserialfn, 0)::regproc,
                 'INITCOND = ' || quote_literal(a.agginitval),
                 'MSFUNC = ' || nullif(a.aggmtransfn, 0)::regproc,
                 'MINVFUNC = ' || nullif(a.aggminvtransfn, 0)::regproc,
                 'MSTYPE = ' || nullif(a.aggmtranstype, 0)::regtype,
                 'MSSPACE = ' || nullif(a.aggmtransspace, 0),
                 'MFINALFUNC = ' || nullif(a.aggmfinalfn, 0)::regproc,
                 CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
                 CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC_MODIFY = '
                   || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE'
                                             ELSE 'READ_WRITE' END END,
                 'MINITCOND = ' || quote_literal(a.aggminitval),
                 (SELECT 'SORTOP = OPERATOR(' || o.oprnamespace::regnamespace || '.' || o.oprname
                    || ')' FROM pg_operator o WHERE o.oid = a.aggsortop),
                 CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE'
                                    WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
                 CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END) || E'\\n);' AS sql
        FROM pg_proc p
        JOIN pg_aggregate a ON a.aggfnoid = p.oid
        JOIN pg_namespace n ON n.oid = p.pronamespace,
        LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(p.proname) AS name) q
        WHERE %s AND %s
        """
            .formatted(USER_SCHEMA, notMember("pg_proc", "p.oid")));
  }
}
