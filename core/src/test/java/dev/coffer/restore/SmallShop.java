package dev.coffer.restore;

import dev.coffer.backup.Backups;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Victim.Task;
import dev.coffer.testkit.SmallDisk;
import java.nio.file.Path;

/**
 * A shop on a server with little room, and a backup of it: of ten megabytes, on a page for every
 * few rows.
 */
final class SmallShop {
  private static final String TABLES =
      """
      CREATE TABLE item (id int PRIMARY KEY, t text);
      CREATE TABLE other (id int PRIMARY KEY, item int REFERENCES item);
      ALTER TABLE item ALTER t SET STORAGE PLAIN;
      INSERT INTO item SELECT i, (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 60) j)
        FROM generate_series(1, 4800) i;
      INSERT INTO other VALUES (1, 1);
      """;

  /** What a shop holds, as texts. */
  static final String ROWS = "SELECT i::text FROM item i UNION ALL SELECT o::text FROM other o";

  private final SmallDisk disk;
  private final Path home;
  private final String placed;
  private final Path backup;

  /**
   * @param placed the end of a statement that makes a database: where, or how
   */
  SmallShop(SmallDisk disk, Path home, String placed) {
    this.disk = disk;
    this.home = home;
    this.placed = placed;
    create("shop");
    disk.execute("shop", TABLES);
    backup = Backups.take(Victim.live(home, disk.url("shop")), Progress.SILENT).file();
  }

  void create(String name) {
    disk.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE template0 " + placed);
  }

  /** Takes away what the backup holds, and gives the room back. */
  void damage() {
    disk.execute("shop", "DELETE FROM other; DELETE FROM item");
    disk.execute("shop", "VACUUM item");
  }

  Path backup() {
    return backup;
  }

  Task restore(String database, int jobs) {
    return new Task(Task.RESTORE, home, disk.url(database), database, backup.toString(), jobs);
  }
}
