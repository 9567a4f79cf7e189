package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Full text search: parsers, templates, dictionaries and configurations. */
final class TextSearchStatements {

  private TextSearchStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    objects.addAll(
        session.objects(
            ObjectKind.TEXT_SEARCH_PARSER,
            "pg_ts_parser",
            """
            SELECT p.oid, q.name, 'TEXT SEARCH PARSER ' || q.name AS target,
                   'CREATE TEXT SEARCH PARSER ' || q.name || ' (' || concat_ws(', ',
                     'START = ' || p.prsstart::regproc, 'GETTOKEN = ' || p.prstoken::regproc,
                     'END = ' || p.prsend::regproc,
                     'HEADLINE = ' || nullif(p.prsheadline::oid, 0)::regproc,
                     'LEXTYPES = ' || p.prslextype::regproc) || ');' AS sql
            FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace,
            LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(p.prsname) AS name) q
            WHERE %s AND %s
            """
                .formatted(USER_SCHEMA, notMember("pg_ts_parser", "p.oid"))));
    objects.addAll(
        session.objects(
            ObjectKind.TEXT_SEARCH_TEMPLATE,
            "pg_ts_template",
            """
            SELECT t.oid, q.name, 'TEXT SEARCH TEMPLATE ' || q.name AS target,
                   'CREATE TEXT SEARCH TEMPLATE ' || q.name || ' (' || concat_ws(', ',
                     'INIT = ' || nullif(t.tmplinit::oid, 0)::regproc,
                     'LEXIZE = ' || t.tmpllexize::regproc) || ');' AS sql
            FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace,
            LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(t.tmplname) AS name) q
            WHERE %s AND %s
            """
                .formatted(USER_SCHEMA, notMember("pg_ts_template", "t.oid"))));
    objects.addAll(
        session.objects(
            ObjectKind.TEXT_SEARCH_DICTIONARY,
            "pg_ts_dict",
            """
            SELECT d.oid, d.oid::regdictionary::text AS name,
                   'TEXT SEARCH DICTIONARY ' || d.oid::regdictionary AS target,
                   'CREATE TEXT SEARCH DICTIONARY ' || d.oid::regdictionary || ' (TEMPLATE = '
                     || t.tmplnamespace::regnamespace || '.' || quote_ident(t.tmplname)
                     || coalesce(', ' || d.dictinitoption, '') || ');' AS sql
            FROM pg_ts_dict d
            JOIN pg_namespace n ON n.oid = d.dictnamespace
            JOIN pg_ts_template t ON t.oid = d.dicttemplate
            WHERE %s AND %s
            """
                .formatted(USER_SCHEMA, notMember("pg_ts_dict", "d.oid"))));
    objects.addAll(
        session.objects(
            ObjectKind.TEXT_SEARCH_CONFIGURATION,
            "pg_ts_config",
            """
            SELECT c.oid, c.oid::regconfig::text AS name,
                   'TEXT SEARCH CONFIGURATION ' || c.oid::regconfig AS target,
                   'CREATE TEXT SEARCH CONFIGURATION ' || c.oid::regconfig || ' (PARSER = '
                     || p.prsnamespace::regnamespace || '.' || quote_ident(p.prsname) || ');'
                     || coalesce((
                       SELECT string_agg(E'\\nALTER TEXT SEARCH CONFIGURATION ' || c.oid::regconfig
                                || ' ADD MAPPING FOR ' || quote_ident(m.alias) || ' WITH '
                                || m.dictionaries || ';', '' ORDER BY m.tokid)
                       FROM (
                         SELECT k.tokid, k.alias, string_agg(m.mapdict::regdictionary::text, ', '
                                                             ORDER BY m.mapseqno) AS dictionaries
                         FROM pg_ts_config_map m
                         JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
                         WHERE m.mapcfg = c.oid GROUP BY k.tokid, k.alias) m), '') AS sql
            FROM pg_ts_config c
            JOIN pg_namespace n ON n.oid = c.cfgnamespace
            JOIN pg_ts_parser p ON p.oid = c.cfgparser
            WHERE %s AND %s
            """
                .formatted(USER_SCHEMA, notMember("pg_ts_config", "c.oid"))));
    return objects;
  }
}
