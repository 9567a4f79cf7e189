package dev.coffer.restore.record;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ChangeSink;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Link;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares records, with everything that belongs to them, in a backup and in a live database.
 *
 * <p>Downwards, foreign keys and the profile's links are followed without end; a row that several
 * ways lead to is there once. Upwards, only rows that are gone are taken along, and nothing that
 * hangs on them.
 */
public final class Records {
  private final OpenedBackup backup;
  private final LiveDatabase database;
  private final RecordOptions options;
  private final Progress progress;
  private final Profile profile;
  private final Set<String> notes = new LinkedHashSet<>();

  private Records(
      OpenedBackup backup, LiveDatabase database, RecordOptions options, Progress progress) {
    this.backup = backup;
    this.database = database;
    this.options = options;
    this.progress = progress;
    profile = database.profile();
  }

  /**
   * Finds the records, judges every row, and gives what a restore would change to {@code sink}, as
   * {@link dev.coffer.compare.Comparison} does: rows of the backup are the state before. Rows that
   * are left alone are not given.
   *
   * @param names at least one
   * @throws dev.coffer.error.CofferException {@code RECORD_NOT_FOUND}, {@code RECORD_AMBIGUOUS},
   *     {@code TABLE_NOT_FOUND}, {@code USAGE}, {@code SCHEMA_DIFFERS}, {@code BACKUP_DAMAGED} or
   *     one of the {@code DATABASE_} family
   */
  public static RecordTree compare(
      List<RecordName> names,
      OpenedBackup backup,
      LiveDatabase database,
      RecordOptions options,
      ChangeSink sink,
      Progress progress)
      throws IOException, InterruptedException {
    return new Records(backup, database, options, progress).compare(names, sink);
  }

  private RecordTree compare(List<RecordName> names, ChangeSink sink)
      throws IOException, InterruptedException {
    DatabaseSchema schema = backup.header().schema();
    List<Table> tables = schema.tables();
    Relations relations = Relations.of(tables, schema.foreignKeys(), profile.links(), followed());
    relations
        .impossible()
        .forEach(name ->
            notes.add("constraint " + name + " is over computed columns, and was not followed"));
    Interest interest = new Interest(relations, labels(profile));
    Relations liveRelations =
        Relations.of(
            database.schema().tables(),
            database.schema().foreignKeys(),
            profile.links(),
            List.of());
    Spelling spelling = spelling(tables, relations, liveRelations);
    try (BackupSearch search =
        new BackupSearch(backup, relations, interest, spelling, options.threads())) {
      progress.stage("looking for the record");
      List<TreeRow> roots = roots(names, tables, search);
      progress.stage("looking for what belongs to it");
      search.choose(roots);
      search.findDependents();
      progress.stage("reading the same rows from the database");
      List<Item> items = judge(search, relations, liveRelations, interest);
      noteUnsure(items, relations, spelling);
      if (options.verifyAll()) {
        progress.stage("verifying the rest of the backup");
        search.checkRest();
      }
      RecordChanges.give(items, sink);
      return new TreeBuilder(profile).tree(items, List.copyOf(notes));
    }
  }

  private Spelling spelling(List<Table> tables, Relations relations, Relations liveRelations) {
    List<Table> all = new ArrayList<>(tables);
    all.addAll(database.schema().tables());
    List<Relation> ways = new ArrayList<>(relations.all());
    ways.addAll(liveRelations.all());
    return Spelling.judgedBy(database, all, ways);
  }

  /** Says of which relations rows may have been missed. */
  private void noteUnsure(List<Item> items, Relations relations, Spelling spelling) {
    Set<Table> reached = new LinkedHashSet<>();
    for (Item item : items) {
      item.before().ifPresent(row -> reached.add(row.table()));
    }
    for (Relation relation : relations.all()) {
      boolean matters = reached.contains(relation.parent()) || reached.contains(relation.child());
      if (matters && spelling.isUnsure(relation)) {
        notes.add(
            "%s: rows of %s are found only where they are spelt as in %s (values of these columns can be equal though their texts differ); look there for others"
                .formatted(
                    relation.name(),
                    relation.child().logicalName(),
                    relation.parent().logicalName()));
      }
    }
  }

  private List<TreeRow> roots(List<RecordName> names, List<Table> tables, BackupSearch search)
      throws IOException {
    RootFinder finder = new RootFinder(tables, profile, search);
    List<TreeRow> roots = new ArrayList<>();
    for (RecordName name : names) {
      roots.add(finder.find(name));
    }
    return roots.stream().distinct().toList();
  }

  private List<Item> judge(
      BackupSearch search, Relations relations, Relations liveRelations, Interest interest)
      throws IOException, InterruptedException {
    Pairs pairs = new Pairs(backup.header().schema().tables(), database.schema().tables());
    String signer = Base64.getEncoder().encodeToString(database.signer().verifyKey().raw());
    RowTexts texts = new RowTexts(backup.opensSecrets(), backup.signer().equals(signer));
    Live live = new Live(database, search.spelling());
    Identification identification = new Identification(live, interest, relations, texts);
    TreeIndex tree = new TreeIndex();
    Map<TreeRow, Item> byRow = new HashMap<>();
    for (TreeRow row : search.rows()) {
      byRow.put(row, Item.ofBackup(row, pairs.ofBackup(row.table())));
    }
    byRow.forEach((row, item) ->
        row.shownBy().map(tie -> byRow.get(tie.parent())).ifPresent(item::showBelow));
    tree.add(search.rows().stream().map(byRow::get).toList());
    identification.identify(tree.items());
    new Ownership(relations, tree, options.takeOver()).judge();
    List<Item> onlyLive = List.of();
    if (options.deletes()) {
      onlyLive =
          new LiveDependents(
                  liveRelations,
                  live,
                  new Interest(liveRelations, labels(profile)),
                  pairs,
                  tree,
                  search,
                  texts,
                  notes)
              .find();
    }
    UniqueUse uniqueUse = new UniqueUse(live, interest, tree, liveRelations, options);
    LeftAlone leftAlone = new LeftAlone(relations, tree);
    uniqueUse.judge(tree.items(), onlyLive);
    leftAlone.spread();
    List<Item> before = List.copyOf(tree.items());
    new Needs(
            search,
            relations,
            live,
            database.schema().foreignKeys(),
            pairs,
            identification,
            options,
            notes)
        .addTo(tree);
    List<Item> needed = tree.items().subList(before.size(), tree.items().size());
    uniqueUse.judge(needed, onlyLive);
    leftAlone.spread();
    long lost = before.stream().filter(Item::lostLink).count();
    if (lost > 0) {
      notes.add(
          lost
              + " row(s) lost their link to the record when it was deleted: "
              + (options.changes()
                  ? "they are changed back, and linked again"
                  : "--mode merge changes them back, and links them again"));
    }
    List<Item> all = new ArrayList<>(before);
    all.addAll(needed);
    all.addAll(onlyLive);
    all.addAll(uniqueUse.takenOver());
    return List.copyOf(all);
  }

  private List<Link> followed() {
    return profile.records().values().stream().flatMap(kind -> kind.follows().stream()).toList();
  }

  /** The columns that a profile calls records by, and finds them by. */
  static Map<QualifiedName, List<String>> labels(Profile profile) {
    Map<QualifiedName, List<String>> labels = new HashMap<>();
    for (RecordKind kind : profile.records().values()) {
      List<String> columns = new ArrayList<>(kind.label());
      columns.addAll(kind.find());
      labels.merge(
          kind.table(),
          columns,
          (one, other) -> {
            List<String> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
          });
    }
    return labels;
  }
}
