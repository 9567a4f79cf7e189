package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks what the server does not check while its triggers are silent: foreign keys from and to the
 * rows that were touched, and unique constraints that may be deferred, which the server enforces by
 * triggers too. The tables on both sides are locked against writers.
 */
final class ConstraintCheck {
  private final Connection connection;
  private final Links links;

  ConstraintCheck(Connection connection, Links links) {
    this.connection = connection;
    this.links = links;
  }

  /** Notes, before rows are deleted, what others may point to. */
  void before(StagedTable staged) throws SQLException {
    for (Links.Link link : links.to(staged.live().oid())) {
      if (applies(link)) {
        staged.make(
            role(link),
            "SELECT DISTINCT %s FROM %s AS f JOIN ONLY %s AS t ON t.ctid = f.tid"
                .formatted(
                    IntStream.range(0, link.targets().size())
                        .mapToObj(
                            i -> "t." + Identifiers.quote(link.targets().get(i)) + " AS k" + i)
                        .collect(Collectors.joining(", ")),
                    staged.found(),
                    staged.live().name().sql()));
      }
    }
  }

  private static boolean applies(Links.Link link) {
    return link.checked() && !link.period();
  }

  private static String role(Links.Link link) {
    return "refs_" + link.oid();
  }

  /**
   * Checks, after all tables are written.
   *
   * @throws CofferException {@code CONSTRAINT_VIOLATED} naming every constraint that is
   */
  void after(List<StagedTable> tables) throws SQLException {
    List<String> violated = new ArrayList<>();
    for (StagedTable staged : tables) {
      for (Links.Link link : links.from(staged.live().oid())) {
        if (applies(link)) {
          note(link, "point to no row of", lost(staged, link), violated);
        }
      }
      for (Links.Link link : links.to(staged.live().oid())) {
        if (applies(link)) {
          note(link, "would be left without their row of", left(staged, link), violated);
        }
      }
      unique(staged, violated);
    }
    if (!violated.isEmpty()) {
      throw new CofferException(
          ErrorCode.CONSTRAINT_VIOLATED,
          "constraints would be violated:\n  "
              + String.join("\n  ", violated.stream().distinct().toList()),
          "Nothing was changed. Restore the tables on the other side of these constraints too, or"
              + " use --mode exact, which brings back all of them.");
    }
  }

  private static void note(Links.Link link, String how, long count, List<String> violated) {
    if (count > 0) {
      violated.add(
          "%s: %d row(s) of %s %s %s"
              .formatted(link.name(), count, link.child().name(), how, link.parent().name()));
    }
  }

  /** Written rows whose parent is missing. */
  private long lost(StagedTable staged, Links.Link link) throws SQLException {
    String columns = Sql.columns(link.columns(), "t");
    String partly =
        link.full()
            ? " OR num_nulls(%s) BETWEEN 1 AND %d".formatted(columns, link.columns().size() - 1)
            : "";
    return Sql.number(
        connection,
        """
        SELECT count(*) FROM %s AS w JOIN ONLY %s AS t ON t.ctid = w.tid
        WHERE num_nulls(%s) = 0 AND NOT EXISTS (SELECT FROM %s AS p WHERE %s)%s
        """
            .formatted(
                staged.written(),
                staged.live().name().sql(),
                columns,
                link.parent().from(),
                match(link, "p", "t"),
                partly));
  }

  /** Rows that pointed to what is gone now. */
  private long left(StagedTable staged, Links.Link link) throws SQLException {
    if (gone(staged, link) == 0) {
      return 0;
    }
    String join =
        IntStream.range(0, link.columns().size())
            .mapToObj(i ->
                "r.k%d %s c.%s"
                    .formatted(
                        i, link.operators().get(i), Identifiers.quote(link.columns().get(i))))
            .collect(Collectors.joining(" AND "));
    return Sql.number(
        connection,
        """
        SELECT count(*) FROM %s AS r JOIN %s AS c ON %s
        WHERE NOT EXISTS (SELECT FROM %s AS p WHERE %s)
        """
            .formatted(
                staged.table(role(link)),
                link.child().from(),
                join,
                link.parent().from(),
                match(link, "p", "c")));
  }

  /**
   * How many keys are gone. Those that were only written anew are noted no longer: mostly that is
   * all of them, and the rows that point to them need not be looked for.
   */
  private long gone(StagedTable staged, Links.Link link) throws SQLException {
    String back =
        IntStream.range(0, link.targets().size())
            .mapToObj(i ->
                "p.%s %s r.k%d"
                    .formatted(
                        Identifiers.quote(link.targets().get(i)), link.sameTarget().get(i), i))
            .collect(Collectors.joining(" AND "));
    String noted = staged.table(role(link));
    Sql.execute(connection, "ANALYZE " + noted);
    Sql.execute(
        connection,
        "DELETE FROM %s AS r USING %s AS p WHERE %s".formatted(noted, link.parent().from(), back));
    return Sql.number(connection, "SELECT count(*) FROM " + noted);
  }

  private static String match(Links.Link link, String parent, String child) {
    return IntStream.range(0, link.columns().size())
        .mapToObj(i ->
            "%s.%s %s %s.%s"
                .formatted(
                    parent,
                    Identifiers.quote(link.targets().get(i)),
                    link.operators().get(i),
                    child,
                    Identifiers.quote(link.columns().get(i))))
        .collect(Collectors.joining(" AND "));
  }

  private record Deferrable(String name, String index, boolean exclusion, List<String> columns) {}

  private void unique(StagedTable staged, List<String> violated) throws SQLException {
    List<Deferrable> deferrable =
        Sql.list(
            connection,
            """
            SELECT k.conname, k.conindid::regclass::text, k.contype = 'x' AS exclusion,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS x (num, at)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid
                           AND a.attnum = x.num ORDER BY x.at) AS columns
            FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = %d AND k.contype IN ('p', 'u', 'x') AND k.condeferrable
            """
                .formatted(staged.live().oid()),
            row ->
                new Deferrable(
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    Sql.texts(row, "columns")));
    for (Deferrable constraint : deferrable) {
      if (constraint.exclusion()) {
        // To build it anew is the server's only other way to check it.
        Sql.execute(connection, "REINDEX INDEX " + constraint.index());
      } else {
        long twice = twice(staged, constraint);
        if (twice > 0) {
          violated.add(
              "%s: %d row(s) of %s have a key that another row has"
                  .formatted(constraint.name(), twice, staged.live().name()));
        }
      }
    }
  }

  private long twice(StagedTable staged, Deferrable constraint) throws SQLException {
    String same =
        constraint.columns().stream()
            .map(column ->
                "o.%1$s %2$s t.%1$s"
                    .formatted(
                        Identifiers.quote(column), staged.operators().getOrDefault(column, "=")))
            .collect(Collectors.joining(" AND "));
    return Sql.number(
        connection,
        """
        SELECT count(*) FROM %1$s AS w JOIN ONLY %2$s AS t ON t.ctid = w.tid
        WHERE EXISTS (SELECT FROM ONLY %2$s AS o WHERE o.ctid <> t.ctid AND %3$s)
        """
            .formatted(staged.written(), staged.live().name().sql(), same));
  }
}
