package dev.coffer.restore.rebuild;

import dev.coffer.model.ForeignKey;
import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.postgres.write.TargetSession.Into;
import dev.coffer.restore.rebuild.DecodedChunk.Piece;
import dev.coffer.restore.rebuild.Task.Lock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several connections can do side by side: load tables, build their indexes, check their
 * foreign keys, analyze them. All else is left for one connection, in its order.
 *
 * <p>A foreign key is made without a look at the rows, which takes a moment, and then validated:
 * that locks the table it is on against other changes of its structure, and the table it points to
 * not at all, so keys to one and the same table are checked at the same time.
 */
final class TableTasks {
  private static final String LOADING = "loading rows";
  private static final String BUILDING = "building indexes and constraints";

  /** A table that is more than a connection's share of the work is loaded in parts. */
  private static final int PARTS_PER_JOB = 2;

  private final Source source;
  private final CopyFormats formats;
  private final StatementRunner runner;
  private final int jobs;
  private final Map<String, Table> byName = new HashMap<>();
  private final Map<QualifiedName, List<Task>> loads = new HashMap<>();
  private final Map<QualifiedName, List<Task>> indexes = new HashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<SchemaStatement> rest = new ArrayList<>();

  TableTasks(Source source, CopyFormats formats, StatementRunner runner, int jobs) {
    this.source = source;
    this.formats = formats;
    this.runner = runner;
    this.jobs = jobs;
    for (Table table : source.tables()) {
      if (table.kind() != Table.Kind.LARGE_OBJECTS) {
        byName.put(key(table.name()), table);
      }
    }
    long total = source.tables().stream().mapToLong(source::bytes).sum();
    source.tables().forEach(table -> load(table, total));
    build();
    analyze();
  }

  /** As {@code regclass} writes a name, but for quotation marks that are a matter of release. */
  private static String key(QualifiedName name) {
    return bare(name.schema() + "." + name.name());
  }

  private static String bare(String sql) {
    return sql.replace("\"", "");
  }

  List<Task> tasks() {
    return tasks;
  }

  /** The statements after the rows that no task runs, in their order. */
  List<SchemaStatement> rest() {
    return rest;
  }

  private void load(Table table, long total) {
    List<Piece> pieces = source.pieces(table);
    long share = Math.ceilDiv(source.bytes(table) * jobs, Math.max(1, total));
    int parts = table.kind() == Table.Kind.LARGE_OBJECTS ? 1 : Math.clamp(share, 1, jobs);
    int count = parts == 1 ? 1 : Math.clamp(pieces.size(), 1, parts * PARTS_PER_JOB);
    for (int part = 0; part < count; part++) {
      List<Piece> own =
          pieces.subList(pieces.size() * part / count, pieces.size() * (part + 1) / count);
      Into into = count == 1 ? Into.FRESH : Into.SHARED;
      Lock lock = count == 1 ? Lock.ACCESS_EXCLUSIVE : Lock.ROW_EXCLUSIVE;
      Task task =
          new Task(
              LOADING,
              Long.MAX_VALUE / 2 + source.bytes(table) / count,
              Map.of(table.name(), lock),
              List.of(),
              session -> load(session, table, own, into));
      tasks.add(task);
      loads.computeIfAbsent(table.name(), any -> new ArrayList<>()).add(task);
    }
    source.progress().table(table.logicalName(), source.rows(table));
  }

  private void load(TargetSession session, Table table, List<Piece> pieces, Into into)
      throws InterruptedException {
    try (ChunkFeed feed =
        new ChunkFeed(source.backup(), pieces, formats, 1, Memory.readAhead(jobs))) {
      session.begin();
      if (into == Into.FRESH && table.kind() != Table.Kind.LARGE_OBJECTS) {
        session.execute(
            "TRUNCATE ONLY " + table.name().sql(), "cannot prepare table " + table.name());
      }
      new TableLoader(session, feed, formats, source.totals()).load(table, pieces.size(), into);
      session.commit();
    }
  }

  private void build() {
    boolean mayNeedTheRest = false;
    for (SchemaStatement statement : source.statements(Section.POST_DATA)) {
      Optional<Task> task =
          mayNeedTheRest
              ? Optional.empty()
              : switch (statement.kind()) {
                case "CONSTRAINT" -> constraint(statement);
                case "INDEX" -> index(statement);
                case "FK CONSTRAINT" -> foreignKey(statement);
                default -> Optional.empty();
              };
      task.ifPresentOrElse(tasks::add, () -> rest.add(statement));
      // What usually comes before the rows came late, since it needs something built upon them:
      // what follows may need it in turn.
      mayNeedTheRest |= LATE.contains(statement.kind());
    }
  }

  private static final List<String> LATE =
      List.of("FUNCTION", "PROCEDURE", "AGGREGATE", "TYPE", "DOMAIN", "OPERATOR", "TABLE", "CAST");

  private Optional<Task> constraint(SchemaStatement statement) {
    return table(statement, "ALTER TABLE ONLY ")
        .map(table -> indexTask(statement, table, Lock.ACCESS_EXCLUSIVE));
  }

  private Optional<Task> index(SchemaStatement statement) {
    boolean alters = statement.sql().contains("\nALTER ");
    return table(statement, " ON ")
        .map(table -> indexTask(statement, table, alters ? Lock.ACCESS_EXCLUSIVE : Lock.SHARE));
  }

  private Task indexTask(SchemaStatement statement, Table table, Lock lock) {
    Task task =
        new Task(
            BUILDING,
            source.bytes(table),
            Map.of(table.name(), lock),
            List.copyOf(loads.getOrDefault(table.name(), List.of())),
            session -> runner.run(session, statement));
    indexes.computeIfAbsent(table.name(), any -> new ArrayList<>()).add(task);
    return task;
  }

  /** The table that is named where the statement's first line says so; empty for a parent's. */
  private Optional<Table> table(SchemaStatement statement, String before) {
    String sql = statement.sql();
    int at = sql.indexOf(before);
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + before.length();
    return byName.entrySet().stream()
        .filter(entry -> names(sql, from, entry.getValue().name()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean names(String sql, int from, QualifiedName name) {
    return List.of(
            name.sql(),
            name.schema() + "." + name.name(),
            name.schema() + "." + Identifiers.quote(name.name()),
            Identifiers.quote(name.schema()) + "." + name.name())
        .stream()
        .anyMatch(text ->
            sql.startsWith(text, from)
                && from + text.length() < sql.length()
                && Character.isWhitespace(sql.charAt(from + text.length())));
  }

  private Optional<Task> foreignKey(SchemaStatement statement) {
    String sql = statement.sql();
    Optional<ForeignKey> key =
        source.header().schema().foreignKeys().stream()
            .filter(fk -> bare(statement.name()).equals(key(fk.from()) + "." + bare(fk.name())))
            .filter(fk -> byName.containsKey(key(fk.from())) && byName.containsKey(key(fk.to())))
            .findFirst();
    boolean plain = sql.startsWith("ALTER TABLE ONLY ") && sql.endsWith(";");
    if (key.isEmpty() || !plain) {
      return Optional.empty();
    }
    ForeignKey foreign = key.get();
    List<Task> before = new ArrayList<>(indexes.getOrDefault(foreign.to(), List.of()));
    before.addAll(loads.getOrDefault(foreign.to(), List.of()));
    before.addAll(loads.getOrDefault(foreign.from(), List.of()));
    Map<QualifiedName, Lock> locks = new LinkedHashMap<>();
    locks.put(foreign.to(), Lock.SHARE_ROW_EXCLUSIVE);
    locks.put(foreign.from(), Lock.SHARE_ROW_EXCLUSIVE);
    boolean validated = !sql.endsWith(" NOT VALID;");
    String unchecked = validated ? sql.substring(0, sql.length() - 1) + " NOT VALID;" : sql;
    SchemaStatement made =
        new SchemaStatement(statement.section(), statement.kind(), statement.name(), unchecked);
    Task make =
        new Task(BUILDING, Long.MAX_VALUE, locks, before, session -> runner.run(session, made));
    if (!validated) {
      return Optional.of(make);
    }
    tasks.add(make);
    return Optional.of(validation(foreign, make));
  }

  private Task validation(ForeignKey foreign, Task make) {
    Map<QualifiedName, Lock> locks = new LinkedHashMap<>();
    locks.put(foreign.to(), Lock.ROW_SHARE);
    locks.put(foreign.from(), Lock.SHARE_UPDATE_EXCLUSIVE);
    long bytes =
        byName.values().stream()
            .filter(table -> table.name().equals(foreign.from()))
            .mapToLong(source::bytes)
            .sum();
    String sql =
        "ALTER TABLE "
            + foreign.from().sql()
            + " VALIDATE CONSTRAINT "
            + Identifiers.quote(foreign.name());
    return new Task(
        BUILDING,
        bytes / 2,
        locks,
        List.of(make),
        session ->
            session.execute(
                sql, "cannot check FK CONSTRAINT " + foreign.from() + "." + foreign.name()));
  }

  /** Tables that get statistics of their own kind later are analyzed when these are there. */
  private void analyze() {
    for (Table table : byName.values()) {
      List<Task> before = new ArrayList<>(loads.getOrDefault(table.name(), List.of()));
      before.addAll(indexes.getOrDefault(table.name(), List.of()));
      tasks.add(
          new Task(
              BUILDING,
              source.bytes(table) / 8,
              Map.of(table.name(), Lock.SHARE_UPDATE_EXCLUSIVE),
              before,
              session ->
                  session.execute(
                      "ANALYZE " + table.name().sql(), "cannot analyze table " + table.name())));
    }
  }
}
