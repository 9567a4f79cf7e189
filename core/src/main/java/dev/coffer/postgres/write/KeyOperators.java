package dev.coffer.postgres.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a table's unique indexes mean by equal, written so that it does not depend on the search
 * path: types of extensions bring operators of their own.
 */
final class KeyOperators {
  private KeyOperators() {}

  /** By column; the columns of no unique index are missing. */
  static Map<String, String> of(Connection connection, long table) throws SQLException {
    Map<String, String> operators = new HashMap<>();
    Sql.list(
        connection,
        """
        SELECT a.attname, 'OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')'
        FROM pg_catalog.pg_index i
        CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indclass::oid[]) WITH ORDINALITY AS x (num, opclass, at)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = x.num
        JOIN pg_catalog.pg_opclass c ON c.oid = x.opclass
        JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
        JOIN pg_catalog.pg_amop p ON p.amopfamily = c.opcfamily AND p.amopstrategy = 3
          AND p.amoplefttype = c.opcintype AND p.amoprighttype = c.opcintype
        JOIN pg_catalog.pg_operator o ON o.oid = p.amopopr
        JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
        WHERE i.indrelid = %d AND i.indisunique AND i.indisvalid AND x.at <= i.indnkeyatts
        """
            .formatted(table),
        row -> operators.put(row.getString(1), row.getString(2)) == null);
    return operators;
  }
}
