package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps triggers, rules and foreign keys from acting while rows are written, and puts everything
 * back as it was, all within the transaction.
 *
 * <p>Where the role may set {@code session_replication_role} (PostgreSQL manual, "Client Connection
 * Defaults"), that silences nearly everything without touching a table. Elsewhere the owner's own
 * means have to do: user triggers are disabled, and foreign keys are dropped and made again, which
 * checks every row.
 */
final class Silence {
  private final Connection connection;
  private final Set<Long> tables;
  private final Links links;
  private final boolean replica;
  private final List<Noise> noises = new ArrayList<>();
  private final List<Links.Link> dropped = new ArrayList<>();

  /** A trigger or rule that would act. */
  record Noise(QualifiedName table, String kind, String name, String when) {
    String sql(String action) {
      return "ALTER TABLE ONLY %s %s %s %s"
          .formatted(table.sql(), action, kind, Identifiers.quote(name));
    }
  }

  Silence(Connection connection, Set<Long> tables, Links links, boolean replica) {
    this.connection = connection;
    this.tables = tables;
    this.links = links;
    this.replica = replica;
  }

  /** What would act on writes to these tables. */
  static List<Noise> noises(Connection connection, Set<Long> tables, boolean replica)
      throws SQLException {
    String loud = replica ? "('A', 'R')" : "('A', 'O')";
    return Sql.list(
        connection,
        """
        SELECT n.nspname, c.relname, x.kind, x.name, x.enabled
        FROM (
          SELECT tgrelid AS relation, 'TRIGGER' AS kind, tgname AS name, tgenabled AS enabled
          FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
          UNION ALL
          SELECT ev_class, 'RULE', rulename, ev_enabled FROM pg_catalog.pg_rewrite
          WHERE ev_type <> '1'
        ) x
        JOIN pg_catalog.pg_class c ON c.oid = x.relation
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = ANY (%s) AND x.enabled IN %s ORDER BY 1, 2, 3, 4
        """
            .formatted(Sql.oids(tables), loud),
        row ->
            new Noise(
                new QualifiedName(row.getString(1), row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5)));
  }

  /** The foreign keys that have to be dropped and made again. */
  static List<Links.Link> toDrop(Links links, Set<Long> tables, boolean replica) {
    return links.about(tables).stream().filter(link -> !replica || link.period()).toList();
  }

  void begin() throws SQLException {
    noises.addAll(noises(connection, tables, replica));
    for (Noise noise : noises) {
      Sql.execute(connection, noise.sql("DISABLE"));
    }
    for (Links.Link link : toDrop(links, tables, replica)) {
      Sql.execute(
          connection, alter(link.child()) + " DROP CONSTRAINT " + Identifiers.quote(link.name()));
      dropped.add(link);
    }
    if (replica) {
      Sql.execute(connection, "SET LOCAL session_replication_role = replica");
    }
  }

  void end() throws SQLException {
    if (replica) {
      Sql.execute(connection, "SET LOCAL session_replication_role = origin");
    }
    // What is deferred has to be over before a table is altered.
    Sql.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
    for (Links.Link link : dropped) {
      String name = Identifiers.quote(link.name());
      Sql.execute(
          connection, alter(link.child()) + " ADD CONSTRAINT " + name + " " + link.definition());
      if (!link.comment().isEmpty()) {
        Sql.execute(
            connection,
            "COMMENT ON CONSTRAINT %s ON %s IS %s"
                .formatted(name, link.child().name().sql(), Identifiers.literal(link.comment())));
      }
    }
    for (Noise noise : noises) {
      String how =
          switch (noise.when()) {
            case "A" -> "ENABLE ALWAYS";
            case "R" -> "ENABLE REPLICA";
            default -> "ENABLE";
          };
      Sql.execute(connection, noise.sql(how));
    }
  }

  private static String alter(Links.End table) {
    return "ALTER TABLE " + table.from();
  }
}
