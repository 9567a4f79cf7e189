package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Operators, and the families and classes that tell an index what they mean. */
final class OperatorStatements {

  /** The members that belong to the owner {@code %1$s} in catalog {@code %2$s}, as clauses. */
  private static final String MEMBERS =
      """
      SELECT string_agg(clause, E',\\n    ' ORDER BY sort, number, clause) FROM (
        SELECT 1 AS sort, m.amopstrategy AS number,
               'OPERATOR ' || m.amopstrategy || ' ' || o.oprnamespace::regnamespace || '.'
                 || o.oprname || '(' || m.amoplefttype::regtype || ','
                 || m.amoprighttype::regtype || ')'
                 || CASE WHEN m.amopsortfamily <> 0 THEN
                      (SELECT ' FOR ORDER BY ' || f.opfnamespace::regnamespace || '.'
                         || quote_ident(f.opfname) FROM pg_opfamily f
                       WHERE f.oid = m.amopsortfamily) ELSE '' END AS clause
        FROM pg_depend d
        JOIN pg_amop m ON m.oid = d.objid
        JOIN pg_operator o ON o.oid = m.amopopr
        WHERE d.classid = 'pg_amop'::regclass AND d.refobjid = %1$s AND d.refclassid = %2$s
        UNION ALL
        SELECT 2, m.amprocnum,
               'FUNCTION ' || m.amprocnum || ' (' || m.amproclefttype::regtype || ', '
                 || m.amprocrighttype::regtype || ') ' || m.amproc::regprocedure
        FROM pg_depend d
        JOIN pg_amproc m ON m.oid = d.objid
        WHERE d.classid = 'pg_amproc'::regclass AND d.refobjid = %1$s AND d.refclassid = %2$s
      ) members
      """;

  private OperatorStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>(operators(session));
    objects.addAll(families(session));
    objects.addAll(classes(session));
    return objects;
  }

  private static List<CatalogObject> operators(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.OPERATOR,
        "pg_operator",
        """
        SELECT o.oid, o.oid::regoperator::text AS name, 'OPERATOR ' || o.oid::regoperator AS target,
               'CREATE OPERATOR ' || n.oid::regnamespace || '.' || o.oprname || E' (\\n    '
                 || concat_ws(E',\\n    ',
                      'FUNCTION = ' || o.oprcode::regproc,
                      'LEFTARG = ' || nullif(o.oprleft, 0)::regtype,
                      'RIGHTARG = ' || nullif(o.oprright, 0)::regtype,
                      (SELECT 'COMMUTATOR = OPERATOR(' || x.oprnamespace::regnamespace || '.'
                         || x.oprname || ')' FROM pg_operator x WHERE x.oid = o.oprcom),
                      (SELECT 'NEGATOR = OPERATOR(' || x.oprnamespace::regnamespace || '.'
                         || x.oprname || ')' FROM pg_operator x WHERE x.oid = o.oprnegate),
                      CASE WHEN o.oprcanmerge THEN 'MERGES' END,
                      CASE WHEN o.oprcanhash THEN 'HASHES' END,
                      'RESTRICT = ' || nullif(o.oprrest, 0)::regproc,
                      'JOIN = ' || nullif(o.oprjoin, 0)::regproc) || E'\\n);' AS sql
        FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
        WHERE o.oprcode <> 0 AND %s AND %s
        """
            .formatted(USER_SCHEMA, notMember("pg_operator", "o.oid")));
  }

  private static List<CatalogObject> families(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.OPERATOR_FAMILY,
        "pg_opfamily",
        """
        SELECT f.oid, q.name, 'OPERATOR FAMILY ' || q.name AS target,
               'CREATE OPERATOR FAMILY ' || q.name || ';'
                 || coalesce(E'\\nALTER OPERATOR FAMILY ' || q.name || E' ADD\\n    '
                      || (%s) || ';', '') AS sql
        FROM pg_opfamily f
        JOIN pg_namespace n ON n.oid = f.opfnamespace
        JOIN pg_am m ON m.oid = f.opfmethod,
        LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(f.opfname) || ' USING '
                   || quote_ident(m.amname) AS name) q
        WHERE %s AND %s
        """
            .formatted(
                MEMBERS.formatted("f.oid", "'pg_opfamily'::regclass"),
                USER_SCHEMA,
                notMember("pg_opfamily", "f.oid")));
  }

  private static List<CatalogObject> classes(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.OPERATOR_CLASS,
        "pg_opclass",
        """
        SELECT c.oid, q.name || q.method AS name,
               'OPERATOR CLASS ' || q.name || q.method AS target,
               'CREATE OPERATOR CLASS ' || q.name || E'\\n    '
                 || CASE WHEN c.opcdefault THEN 'DEFAULT ' ELSE '' END
                 || 'FOR TYPE ' || c.opcintype::regtype || q.method || ' FAMILY '
                 || f.opfnamespace::regnamespace || '.' || quote_ident(f.opfname)
                 || E' AS\\n    ' || concat_ws(E',\\n    ',
                      'STORAGE ' || CASE WHEN c.opckeytype <> 0 THEN c.opckeytype
                         WHEN NOT EXISTS (SELECT FROM pg_depend d
                                          WHERE d.refclassid = 'pg_opclass'::regclass
                                            AND d.refobjid = c.oid AND d.classid IN
                                              ('pg_amop'::regclass, 'pg_amproc'::regclass))
                         THEN c.opcintype END::regtype,
                      (%s)) || ';' AS sql
        FROM pg_opclass c
        JOIN pg_namespace n ON n.oid = c.opcnamespace
        JOIN pg_opfamily f ON f.oid = c.opcfamily
        JOIN pg_am m ON m.oid = c.opcmethod,
        LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(c.opcname) AS name,
                        ' USING ' || quote_ident(m.amname) AS method) q
        WHERE %s AND %s
        """
            .formatted(
                MEMBERS.formatted("c.oid", "'pg_opclass'::regclass"),
                USER_SCHEMA,
                notMember("pg_opclass", "c.oid")));
  }
}
