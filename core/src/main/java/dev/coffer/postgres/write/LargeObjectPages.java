package dev.coffer.postgres.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

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

  /** Who makes objects, as statements name him. */
  public String creator() {
    return ask("SELECT pg_catalog.quote_ident(current_user)");
  }

  /**
   * Of how many objects the owner or the comment may be set: each takes a lock until the end, and
   * others need locks, too (PostgreSQL manual, "Lock Management").
   */
  public long lockable() {
    return Long.parseLong(
        ask(
            "SELECT current_setting('max_locks_per_transaction')::int8"
                + " * (current_setting('max_connections')::int8"
                + " + current_setting('max_prepared_transactions')::int8) / 2"));
  }

  /** Takes back what default privileges have given on objects that were just made. */
  public void withoutDefaults(Collection<Long> oids) {
    run(
        """
        DO $$ DECLARE given record; BEGIN
        FOR given IN
          SELECT m.oid, m.lomowner, a.grantee FROM pg_catalog.pg_largeobject_metadata m
          CROSS JOIN LATERAL pg_catalog.aclexplode(m.lomacl) a
          WHERE m.oid = ANY (%s) AND a.grantee <> m.lomowner
        LOOP
          EXECUTE 'REVOKE ALL ON LARGE OBJECT ' || given.oid || ' FROM '
            || CASE WHEN given.grantee = 0 THEN 'PUBLIC'
                 ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(given.grantee)) END;
        END LOOP;
        END $$
        """
            .formatted(Sql.oids(oids)));
  }

  /** Has the server tell warnings, and nothing less, until the transaction ends. */
  public void hearWarnings() {
    run("SET LOCAL client_min_messages = warning");
  }

  /**
   * Runs a statement about an object.
   *
   * @return what the server warned of
   */
  public List<String> attempt(String sql) {
    return ApplyErrors.telling(WHAT, () -> Sql.warned(connection, sql));
  }

  private String ask(String sql) {
    return ApplyErrors.telling(
        WHAT, () -> Sql.one(connection, sql, row -> String.valueOf(row.getString(1))));
  }

  /** Where a page begins. */
  public static long start(long page) {
    return page * PAGE;
  }

  private void run(String sql) {
    ApplyErrors.telling(WHAT, () -> Sql.execute(connection, sql));
  }
}
