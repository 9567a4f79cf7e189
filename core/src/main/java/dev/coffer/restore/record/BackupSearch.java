package dev.coffer.restore.record;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.archive.OpenedBackup.StoredRow;
import dev.coffer.compare.Row;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.restore.record.RecordTree.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds rows of a backup by values: heap order has no index, so chunks are read through, by several
 * threads, and only rows that hold a wanted value are parsed. Tables that nobody wants rows of are
 * not read.
 *
 * <p>Driven by one thread. What it finds is kept in memory, up to a share of it.
 */
final class BackupSearch implements AutoCloseable {
  private static final int SHARE = 4;

  private final OpenedBackup backup;
  private final Relations relations;
  private final Interest interest;
  private final Spelling spelling;
  private final Workers workers;
  private final Map<QualifiedName, TableScan> scans = new HashMap<>();
  private final Map<Relation, Probe> probes = new HashMap<>();
  private final TreeMap<Place, TreeRow> found = new TreeMap<>();
  private final TreeMap<Place, TreeRow> hits = new TreeMap<>();
  private final Set<QualifiedName> learned = new HashSet<>();
  private final BitSet read = new BitSet();
  private long weight;

  /** Where a row stands in the document. */
  private record Place(int chunk, int row) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return chunk != other.chunk ? Integer.compare(chunk, other.chunk) : row - other.row;
    }
  }

  BackupSearch(
      OpenedBackup backup, Relations relations, Interest interest, Spelling spelling, int threads) {
    this.backup = backup;
    this.relations = relations;
    this.interest = interest;
    this.spelling = spelling;
    workers = new Workers(backup, threads);
  }

  Spelling spelling() {
    return spelling;
  }

  /**
   * Reads every value of these tables, and of those that relations tie to them, of which the server
   * has to say which others it equals.
   */
  void learnSpelling(Collection<Table> tables) throws IOException {
    SpelledTexts texts = new SpelledTexts(spelling);
    List<TableScan.Task> tasks = new ArrayList<>();
    for (Table table : relations.tiedTo(tables)) {
      if (!learned.add(table.name()) || spelling.judged(table).isEmpty()) {
        continue;
      }
      TableScan all = new TableScan(table, backup.chunks(table));
      for (int number = 0; number < all.size(); number++) {
        tasks.add(new TableScan.Task(all, number));
      }
    }
    workers.run(
        tasks,
        (task, reader) -> {
          Table table = task.scan().table();
          RowValues values = new RowValues();
          int place = task.scan().place(task.number());
          synchronized (this) {
            read.set(place);
          }
          reader.find(
              table,
              place,
              ByteSearch::lines,
              (row, number) ->
                  texts.add(
                      table, values.of(table, row.values(), spelling.judged(table).keySet())));
        });
    texts.learn();
  }

  /** The rows that hold what one of the probes wants, in the document's order. */
  List<TreeRow> candidates(Collection<Probe> wanted) throws IOException {
    return look(wanted, Role.ROOT);
  }

  /** Forgets the candidates that are not among these, which the tree begins with. */
  void choose(Collection<TreeRow> roots) {
    found.values().retainAll(roots);
    weight = found.values().stream().mapToLong(TreeRow::weight).sum();
    roots.forEach(this::wantDependents);
  }

  /** Finds all rows that belong to those chosen, stage by stage. */
  void findDependents() throws IOException {
    List<Table> roots = found.values().stream().map(TreeRow::table).toList();
    for (List<Table> stage : relations.stages(roots)) {
      run(stage, Role.DEPENDENT);
    }
  }

  /** Finds rows that others need, each wanted by those that refer to it. */
  List<TreeRow> findNeeded(Collection<Probe> wanted) throws IOException {
    return look(wanted, Role.NEEDED);
  }

  private List<TreeRow> look(Collection<Probe> wanted, Role role) throws IOException {
    scans.clear();
    hits.clear();
    for (Probe probe : wanted) {
      TableScan scan = scan(probe.table());
      scan.add(probe);
      probe.keys(0, probe.size()).forEach(key -> scan.wish(probe, key));
    }
    run(wanted.stream().map(Probe::table).distinct().toList(), role);
    scans.clear();
    return List.copyOf(hits.values());
  }

  /** Every row found, in the document's order. */
  List<TreeRow> rows() {
    return List.copyOf(found.values());
  }

  /** Compares every chunk that has not been read with its hash, so that all of them have been. */
  void checkRest() throws IOException {
    List<Integer> rest =
        IntStream.range(0, backup.metadata().chunks().size())
            .filter(place -> !read.get(place))
            .boxed()
            .toList();
    workers.run(rest, (place, reader) -> reader.check(place));
    rest.forEach(read::set);
  }

  private TableScan scan(Table table) {
    return scans.computeIfAbsent(table.name(), name -> new TableScan(table, backup.chunks(table)));
  }

  /** Searches the tables' chunks until no found row adds anything to look for. */
  private void run(List<Table> tables, Role role) throws IOException {
    List<TableScan.Task> tasks = tasks(tables);
    while (!tasks.isEmpty()) {
      workers.run(tasks, (task, reader) -> search(task, reader, role));
      tasks = tasks(tables);
    }
  }

  private List<TableScan.Task> tasks(List<Table> tables) {
    List<TableScan.Task> tasks = new ArrayList<>();
    for (Table table : tables) {
      TableScan scan = scan(table);
      for (int number = 0; number < scan.size(); number++) {
        if (!scan.isDone(number)) {
          tasks.add(new TableScan.Task(scan, number));
        }
      }
    }
    return tasks;
  }

  private void search(TableScan.Task task, OpenedBackup reader, Role role) throws IOException {
    int place = task.scan().place(task.number());
    Table table = task.scan().table();
    ByteSearch search;
    synchronized (this) {
      search = task.scan().begin(task.number(), spelling);
      read.set(place);
    }
    RowValues values = new RowValues();
    reader.find(
        table,
        place,
        search::places,
        (row, number) -> {
          Map<String, String> kept =
              spelling.of(table, values.of(table, row.values(), interest.columns(table)));
          take(task.scan(), new Place(place, number), row, kept, role);
        });
  }

  private synchronized void take(
      TableScan scan, Place place, StoredRow stored, Map<String, String> values, Role role) {
    Optional<TreeRow> known = Optional.ofNullable(found.get(place));
    TreeRow row = known.orElse(new TreeRow(scan.table(), NOTHING, values, role, 0));
    List<TreeRow.Tie> ties = new ArrayList<>();
    boolean wanted = false;
    for (Probe probe : scan.probes()) {
      Optional<Key> key = row.key(probe.names());
      if (key.isPresent() && probe.wants(key.get())) {
        wanted = true;
        probe
            .relation()
            .ifPresent(relation ->
                probe
                    .wanting(key.get())
                    .forEach(parent -> ties.add(new TreeRow.Tie(relation, parent))));
      }
    }
    if (!wanted) {
      return;
    }
    if (known.isPresent()) {
      known.get().tie(ties);
      hits.put(place, known.get());
      return;
    }
    int depth = ties.stream().mapToInt(tie -> tie.parent().depth() + 1).min().orElse(0);
    TreeRow added = new TreeRow(scan.table(), copy(stored), values, role, depth);
    added.tie(ties);
    weight += added.weight();
    if (weight > Runtime.getRuntime().maxMemory() / SHARE) {
      throw tooMuch();
    }
    found.put(place, added);
    hits.put(place, added);
    if (role == Role.DEPENDENT) {
      wantDependents(added);
    }
  }

  private static final Row NOTHING = new Row(new byte[0], new byte[0]);

  private static Row copy(StoredRow row) {
    return new Row(
        Arrays.copyOfRange(row.line(), row.from(), row.to()),
        Arrays.copyOfRange(row.secrets(), row.secretsFrom(), row.secretsTo()));
  }

  private void wantDependents(TreeRow row) {
    for (Relation relation : relations.below(row.table())) {
      if (relation.kind() == Relation.Kind.FOLLOWED && row.role() != Role.ROOT) {
        continue;
      }
      Optional<Key> key = row.key(relation.targetColumns());
      if (key.isPresent()) {
        TableScan scan = scan(relation.child());
        Probe probe =
            probes.computeIfAbsent(
                relation,
                fresh -> {
                  Probe made = Probe.below(fresh);
                  scan.add(made);
                  return made;
                });
        if (probe.want(key.get(), Optional.of(row))) {
          scan.wish(probe, key.get());
        }
      }
    }
  }

  private CofferException tooMuch() {
    return new CofferException(
        ErrorCode.USAGE,
        "more belongs to this record than fits a share of the program's memory: "
            + found.size()
            + " rows so far",
        "Restore the tables instead, with --table, or give the program more memory:"
            + " COFFER_JAVA_OPTS=-Xmx2g");
  }

  @Override
  public void close() {
    workers.close();
  }
}
