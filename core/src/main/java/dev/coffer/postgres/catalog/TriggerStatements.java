package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the server does by itself on an event: triggers, rules and event triggers. */
final class TriggerStatements {

  private TriggerStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>(triggers(session));
    objects.addAll(partitionTriggers(session));
    objects.addAll(rules(session));
    objects.addAll(eventTriggers(session));
    return objects;
  }

  /** {@code ENABLE} or {@code DISABLE} for a state other than the usual one. */
  private static String state(String column, String before, String after) {
    return """
    CASE %1$s WHEN 'D' THEN %2$s || ' DISABLE ' || %3$s || ';'
              WHEN 'A' THEN %2$s || ' ENABLE ALWAYS ' || %3$s || ';'
              WHEN 'R' THEN %2$s || ' ENABLE REPLICA ' || %3$s || ';'
              ELSE '' END
    """
        .formatted(column, before, after);
  }

  private static List<CatalogObject> triggers(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.TRIGGER,
        "pg_trigger",
        """
        SELECT t.oid, c.oid::regclass || '.' || quote_ident(t.tgname) AS name,
               'TRIGGER ' || quote_ident(t.tgname) || ' ON ' || c.oid::regclass AS target,
               pg_get_triggerdef(t.oid) || ';' || %s AS sql
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relpersistence <> 't' AND %s AND %s
        """
            .formatted(
                state(
                    "t.tgenabled",
                    "E'\\nALTER TABLE ' || c.oid::regclass",
                    "'TRIGGER ' || quote_ident(t.tgname)"),
                USER_SCHEMA,
                notMember("pg_trigger", "t.oid")));
  }

  /** A partition's copy of its parent's trigger comes with that; its state may be its own. */
  private static List<CatalogObject> partitionTriggers(CatalogSession session) throws SQLException {
    return session.list(
        """
        SELECT t.oid, t.tgparentid, c.oid AS partition,
               c.oid::regclass || '.' || quote_ident(t.tgname) AS name,
               'ALTER TABLE ' || c.oid::regclass
                 || CASE t.tgenabled WHEN 'D' THEN ' DISABLE ' WHEN 'A' THEN ' ENABLE ALWAYS '
                                     WHEN 'R' THEN ' ENABLE REPLICA ' ELSE ' ENABLE ' END
                 || 'TRIGGER ' || quote_ident(t.tgname) || ';' AS sql
        FROM pg_trigger t
        JOIN pg_trigger parent ON parent.oid = t.tgparentid
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE t.tgenabled <> parent.tgenabled AND %s
          AND EXISTS (SELECT FROM pg_trigger top WHERE NOT top.tgisinternal
                      AND top.tgparentid = 0 AND top.tgname = t.tgname)
        """
            .formatted(USER_SCHEMA),
        row ->
            new CatalogObject(
                    new ObjectId("trigger state", row.getLong("oid")),
                    ObjectKind.TRIGGER_STATE,
                    CatalogSession.text(row, "name"),
                    "",
                    CatalogSession.text(row, "sql"))
                .withAfter(List.of(new ObjectId("pg_trigger", row.getLong("tgparentid")))));
  }

  private static List<CatalogObject> rules(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.RULE,
        "pg_rewrite",
        """
        SELECT r.oid, c.oid::regclass || '.' || quote_ident(r.rulename) AS name,
               'RULE ' || quote_ident(r.rulename) || ' ON ' || c.oid::regclass AS target,
               pg_get_ruledef(r.oid) || %s AS sql
        FROM pg_rewrite r
        JOIN pg_class c ON c.oid = r.ev_class
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.ev_type <> '1' AND c.relpersistence <> 't' AND %s AND %s
        """
            .formatted(
                state(
                    "r.ev_enabled",
                    "E'\\nALTER TABLE ' || c.oid::regclass",
                    "'RULE ' || quote_ident(r.rulename)"),
                USER_SCHEMA,
                notMember("pg_rewrite", "r.oid")));
  }

  private static List<CatalogObject> eventTriggers(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.EVENT_TRIGGER,
        "pg_event_trigger",
        """
        SELECT t.oid, t.evtname AS name, 'EVENT TRIGGER ' || quote_ident(t.evtname) AS target,
               'CREATE EVENT TRIGGER ' || quote_ident(t.evtname) || ' ON '
                 || quote_ident(t.evtevent)
                 || CASE WHEN t.evttags IS NULL THEN '' ELSE E'\\n    WHEN TAG IN ('
                      || (SELECT string_agg(quote_literal(tag), ', ') FROM unnest(t.evttags) tag)
                      || ')' END
                 || E'\\n    EXECUTE FUNCTION ' || t.evtfoid::regproc || '();' || %s AS sql
        FROM pg_event_trigger t WHERE %s
        """
            .formatted(
                state("t.evtenabled", "E'\\nALTER EVENT TRIGGER ' || quote_ident(t.evtname)", "''"),
                notMember("pg_event_trigger", "t.oid")));
  }
}
