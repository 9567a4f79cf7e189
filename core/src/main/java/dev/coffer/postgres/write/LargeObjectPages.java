package dev.coffer.postgres.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes large objects by pages of 256 KiB (PostgreSQL manual, "Large Objects", Server-Side
 * Functions), and reads these pages in the form in which a backup holds them.
 */
public final class LargeObjectPages {
  /** {@code INV_READ} and {@code INV_WRITE} of {@code libpq-fs.h}. */
  private static final int READ = 0x40000;

  private static final int WRITE = 0x20000;
  private static final long PAGE = 256 << 10;
  private static final String KEYS = "pg_temp.coffer_pages";
  private static final String WHAT = "cannot restore large objects";

  private static final String PAGES =
      """
      SELECT k.n, k.oid, k.page, pg_catalog.lo_get(k.oid, k.page::int8 * %2$d, %2$d)
      FROM %3$s k JOIN (
        SELECT d.oid, (
          SELECT CASE WHEN pg_catalog.lo_close(opened.fd) = 0 THEN opened.size END
          FROM (
            SELECT f.fd, pg_catalog.lo_lseek64(f.fd, 0, 2) AS size
            FROM (SELECT pg_catalog.lo_open(d.oid, %1$d) AS fd OFFSET 0) f OFFSET 0
          ) opened
        ) AS size
        FROM (SELECT DISTINCT k.oid FROM %3$s k
              JOIN pg_catalog.pg_largeobject_metadata m ON m.oid = k.oid OFFSET 0) d OFFSET 0
      ) s ON s.oid = k.oid
      WHERE k.page = 0 OR k.page::int8 * %2$d < s.size ORDER BY k.n
      """
          .formatted(READ, PAGE, KEYS);

  private final Connection connection;

  private LargeObjectPages(Connection connection) {
    this.connection = connection;
  }

  static LargeObjectPages create(Connection connection) throws SQLException {
    Sql.execute(
        connection, "CREATE TEMP TABLE coffer_pages (n int8, oid oid, page int4) ON COMMIT DROP");
    return new LargeObjectPages(connection);
  }

  /** Takes {@code n}, object and page. */
  public CopyWriter keys() {
    return new CopyWriter(connection, "COPY " + KEYS + " FROM STDIN", WHAT);
  }

  /** The pages that exist of those named, each behind its number, by number. */
  public CopyReader read() {
    return new CopyReader(connection, PAGES, WHAT);
  }

  public void create(long oid) {
    run("SELECT pg_catalog.lo_create(" + oid + "::oid)");
  }

  public void remove(long oid) {
    run("SELECT pg_catalog.lo_unlink(" + oid + "::oid)");
  }

  public void truncate(long oid, long bytes) {
    run(
        "SELECT pg_catalog.lo_close(fd) FROM (SELECT f.fd, pg_catalog.lo_truncate64(f.fd, "
            + bytes
            + ") AS cut FROM (SELECT pg_catalog.lo_open("
            + oid
            + "::oid, "
            + (READ | WRITE)
            + ") AS fd OFFSET 0) f OFFSET 0) g WHERE g.cut = 0");
  }

  /** Writes a page. */
  public void put(long oid, long page, byte[] data) {
    ApplyErrors.telling(
        WHAT,
        () -> {
          String sql = "SELECT pg_catalog.lo_put(?::int8::oid, ?, ?)";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            statement.setLong(2, page * PAGE);
            statement.setBytes(3, data);
            return statement.execute();
          }
        });
  }

  /** Where a page begins. */
  public static long start(long page) {
    return page * PAGE;
  }

  private void run(String sql) {
    ApplyErrors.telling(WHAT, () -> Sql.execute(connection, sql));
  }
}
