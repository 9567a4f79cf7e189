package dev.coffer.postgres.read;

/**
 * Reads large objects as pages (PostgreSQL manual, "Large Objects", Server-Side Functions). The
 * table they are stored in is a superuser's to read; the functions ask only for SELECT on each
 * object.
 */
final class LargeObjects {
  /** INV_READ of {@code libpq-fs.h}. */
  private static final int READ = 0x40000;

  private static final int PAGE = 256 << 10;

  /** Every object has a first page, if an empty one, so that empty objects come back too. */
  static final String COPY =
      """
      COPY (
        SELECT o.oid, p.page, pg_catalog.lo_get(o.oid, p.page::int8 * %2$d, %2$d)
        FROM (
          SELECT m.oid, (
            SELECT CASE WHEN pg_catalog.lo_close(opened.fd) = 0 THEN opened.size END
            FROM (
              SELECT f.fd, pg_catalog.lo_lseek64(f.fd, 0, 2) AS size
              FROM (SELECT pg_catalog.lo_open(m.oid, %1$d) AS fd OFFSET 0) f OFFSET 0
            ) opened
          ) AS size
          FROM pg_catalog.pg_largeobject_metadata m ORDER BY m.oid OFFSET 0
        ) o, LATERAL pg_catalog.generate_series(0, (greatest(o.size - 1, 0) / %2$d)::int4) AS p (page)
        ORDER BY o.oid, p.page
      ) TO STDOUT\
      """
          .formatted(READ, PAGE);

  private LargeObjects() {}
}
