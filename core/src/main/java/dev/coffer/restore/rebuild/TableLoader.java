package dev.coffer.restore.rebuild;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.CopyStream;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.postgres.write.TargetSession.Into;
import java.nio.charset.StandardCharsets;

/** Takes a table's chunks from a feed and sends them to the server. For one thread. */
final class TableLoader {
  private final TargetSession session;
  private final ChunkFeed feed;
  private final CopyFormats formats;
  private final LoadTotals totals;

  /**
   * @param formats those of the feed
   */
  TableLoader(TargetSession session, ChunkFeed feed, CopyFormats formats, LoadTotals totals) {
    this.session = session;
    this.feed = feed;
    this.formats = formats;
    this.totals = totals;
  }

  /** Loads the feed's next {@code chunks} chunks, which are the table's. */
  void load(Table table, int chunks, Into into) throws InterruptedException {
    if (table.kind() == Table.Kind.LARGE_OBJECTS) {
      loadPages(chunks);
      return;
    }
    if (chunks == 0) {
      return;
    }
    long sent = 0;
    long counted;
    try (CopyStream copy = session.copyInto(table, into, formats.isBinary(table))) {
      for (int i = 0; i < chunks; i++) {
        DecodedChunk chunk = feed.next();
        copy.write(chunk.text());
        totals.add(chunk);
        sent += chunk.rows();
      }
      counted = copy.end();
    }
    if (counted != sent) {
      throw new CofferException(
          ErrorCode.DATABASE_FAILED,
          "table %s: of %d rows the server took %d".formatted(table.name(), sent, counted),
          "A trigger or an extension of the target may have dropped them.");
    }
  }

  private void loadPages(int chunks) throws InterruptedException {
    for (int i = 0; i < chunks; i++) {
      DecodedChunk chunk = feed.next();
      String sql =
          new String(chunk.text().array(), 0, chunk.text().length(), StandardCharsets.US_ASCII);
      if (!sql.isEmpty()) {
        session.execute(sql, "cannot write large objects");
      }
      totals.add(chunk);
    }
  }
}
