package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops what an unfinished restore has made in a database that was empty before it. Each object
 * goes in a transaction of its own, the marker last, so that this can be interrupted and begun
 * again.
 */
public final class Remains {
  private static final int ROUNDS = 3;

  private Remains() {}

  /**
   * Drops everything that was not there before.
   *
   * @throws CofferException {@code TARGET_EXISTS} where there are tables which that run was not to
   *     make: somebody uses the database
   */
  public static void drop(TargetSession session, Marker marker) {
    try {
      requireOwn(session, marker);
      // What another object still needs goes in the next round.
      for (int round = 1; round <= ROUNDS; round++) {
        List<String> statements = statements(session, marker);
        boolean last = round == ROUNDS;
        statements.forEach(sql -> run(session, sql, last));
      }
      session.execute(
          "SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata",
          "cannot drop large objects");
      Marker.remove(session);
    } catch (SQLException failure) {
      throw session.told(failure, "cannot remove what an unfinished restore left");
    }
  }

  private static void requireOwn(TargetSession session, Marker marker) throws SQLException {
    // A later release may have a keyword more, and quote a name that this one does not.
    List<String> own = marker.tables().stream().map(name -> name.replace("\"", "")).toList();
    List<String> others =
        EmptyTarget.texts(
                session.connection(),
                "SELECT c.oid::regclass::text FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'"
                    + " AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '"
                    + Marker.SCHEMA
                    + "') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid"
                    + " AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')")
            .stream()
            .filter(name -> !own.contains(name.replace("\"", "")))
            .toList();
    if (!others.isEmpty()) {
      throw new CofferException(
          ErrorCode.TARGET_EXISTS,
          "a restore into this database was killed, and since then somebody made tables in it: "
              + String.join(", ", others.subList(0, Math.min(5, others.size()))),
          "Name an empty database. If this one is complete as it is: DROP SCHEMA "
              + Marker.SCHEMA
              + " CASCADE");
    }
  }

  /** For everything with a name in a schema that stays, and what stands outside of schemas. */
  private static List<String> statements(TargetSession session, Marker marker) throws SQLException {
    String sql =
        """
        WITH kept AS (SELECT oid FROM pg_namespace WHERE oid::regnamespace::text = ANY (%1$s)),
        o AS (
          SELECT 0 AS rank, 'pg_event_trigger'::regclass AS c, oid FROM pg_event_trigger
          UNION ALL SELECT 1, 'pg_publication'::regclass, oid FROM pg_publication
          UNION ALL SELECT 2, 'pg_class'::regclass, oid FROM pg_class
            WHERE relkind IN ('r', 'p', 'f') AND NOT relispartition
              AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$|%2$s$)'
          UNION ALL SELECT 3, 'pg_namespace'::regclass, oid FROM pg_namespace
            WHERE oid >= 16384 AND oid NOT IN (SELECT oid FROM kept) AND nspname <> '%2$s'
              AND nspname !~ '^pg_'
          UNION ALL SELECT 4, 'pg_class'::regclass, oid FROM pg_class
            WHERE relkind IN ('v', 'm', 'S', 'c')
              AND relnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 5, 'pg_proc'::regclass, oid FROM pg_proc
            WHERE pronamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 6, 'pg_operator'::regclass, oid FROM pg_operator
            WHERE oprnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 7, 'pg_opclass'::regclass, oid FROM pg_opclass
            WHERE opcnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 8, 'pg_opfamily'::regclass, oid FROM pg_opfamily
            WHERE opfnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 9, 'pg_ts_config'::regclass, oid FROM pg_ts_config
            WHERE cfgnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 10, 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
            WHERE dictnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 11, 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
            WHERE prsnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 12, 'pg_ts_template'::regclass, oid FROM pg_ts_template
            WHERE tmplnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 13, 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
            WHERE stxnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 14, 'pg_type'::regclass, oid FROM pg_type
            WHERE typnamespace IN (SELECT oid FROM kept) AND typrelid = 0
              AND NOT EXISTS (SELECT FROM pg_type m WHERE m.typarray = pg_type.oid)
          UNION ALL SELECT 15, 'pg_collation'::regclass, oid FROM pg_collation
            WHERE collnamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 16, 'pg_conversion'::regclass, oid FROM pg_conversion
            WHERE connamespace IN (SELECT oid FROM kept)
          UNION ALL SELECT 17, 'pg_cast'::regclass, oid FROM pg_cast WHERE oid >= 16384
          UNION ALL SELECT 18, 'pg_transform'::regclass, oid FROM pg_transform
          UNION ALL SELECT 19, 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
          UNION ALL SELECT 20, 'pg_am'::regclass, oid FROM pg_am WHERE oid >= 16384
          UNION ALL SELECT 21, 'pg_language'::regclass, oid FROM pg_language WHERE oid >= 16384
          UNION ALL SELECT 22, 'pg_extension'::regclass, oid FROM pg_extension
            WHERE extname <> ALL (%3$s)
        )
        SELECT 'DROP ' || CASE i.type WHEN 'composite type' THEN 'TYPE' WHEN 'domain' THEN 'DOMAIN'
                            WHEN 'statistics object' THEN 'STATISTICS'
                          ELSE upper(replace(i.type, '-', ' ')) END
               || ' IF EXISTS ' || i.identity || ' CASCADE'
        FROM o, LATERAL pg_identify_object(o.c, o.oid, 0) i
        WHERE i.identity IS NOT NULL AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = o.c
          AND e.objid = o.oid AND (e.deptype = 'e'
          OR e.deptype = 'i' AND o.c IN ('pg_type'::regclass, 'pg_opfamily'::regclass)))
        ORDER BY o.rank, o.oid
        """
            .formatted(
                Marker.array(marker.before().schemas()),
                Marker.SCHEMA,
                Marker.array(marker.before().extensions()));
    return new ArrayList<>(EmptyTarget.texts(session.connection(), sql));
  }

  private static void run(TargetSession session, String sql, boolean last) {
    try {
      session.execute(sql, "cannot run " + sql);
    } catch (CofferException stillNeeded) {
      if (last || stillNeeded.code() == ErrorCode.DATABASE_LOST) {
        throw stillNeeded;
      }
    }
  }
}
