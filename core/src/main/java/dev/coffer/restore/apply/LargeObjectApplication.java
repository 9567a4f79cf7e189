package dev.coffer.restore.apply;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.SchemaStatement;
import dev.coffer.postgres.write.CopyWriter;
import dev.coffer.postgres.write.LargeObjectPages;
import dev.coffer.postgres.write.WriteTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The changes of large objects on their way. All pages of an object but its last are whole, so the
 * last page that is written, or the first that goes, tells where the object ends.
 */
final class LargeObjectApplication {
  private static final int DATA = 2;

  private final TablePair pair;
  private final RowChangeLog log;
  private final LargeObjectPages pages;
  private final RowDecoder decoder;
  private final StaleTable.Counter stale = new StaleTable.Counter();
  private final ByteSink text = new ByteSink(1 << 10);
  private final SortedSet<Long> created = new TreeSet<>();

  /** Where an object is to end, as far as its changed pages tell. */
  private static final class Ending {
    private long firstGone = Long.MAX_VALUE;
    private long lastWritten = -1;
    private long end;
    private boolean created;
  }

  LargeObjectApplication(WriteTransaction transaction, TablePair pair, RowChangeLog log) {
    this.pair = pair;
    this.log = log;
    pages = transaction.stageLargeObjects();
    decoder = new RowDecoder(pair.before());
  }

  /** Puts the keys on the server and compares the pages there with what is expected. */
  void stage() throws IOException {
    try (CopyWriter target = pages.keys()) {
      log.replay(
          pair,
          (number, change) -> {
            long[] key = key(change);
            target.text().put(number + "\t" + key[0] + "\t" + key[1]);
            target.row();
          });
      target.finish();
    }
    try (LiveRows rows = read()) {
      boolean[] more = {rows.next()};
      log.replay(
          pair,
          (number, change) -> {
            boolean there = more[0] && rows.number() == number;
            boolean expected =
                there == change.expectedHash().isPresent()
                    && (!there
                        || Hash.of(rows.hash()).equals(Hash.of(change.expectedHash().get())));
            if (there) {
              more[0] = rows.next();
            }
            if (!expected) {
              stale.add(new String(change.key(), StandardCharsets.UTF_8));
            }
          });
    }
  }

  private LiveRows read() {
    return new LiveRows(pair.after(), Optional.empty(), pages.read(), true);
  }

  private static long[] key(RowChange change) {
    String[] parts =
        new String(change.key(), 1, change.key().length - 2, StandardCharsets.US_ASCII)
            .split(",", -1);
    return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
  }

  Optional<StaleTable> stale() {
    return stale.any() ? Optional.of(stale.of(pair.after().logicalName())) : Optional.empty();
  }

  void write() throws IOException {
    Map<Long, Ending> endings = new HashMap<>();
    log.replay(
        pair,
        (number, change) -> {
          long[] key = key(change);
          Ending ending = endings.computeIfAbsent(key[0], any -> new Ending());
          if (change.wanted().isEmpty()) {
            ending.firstGone = Math.min(ending.firstGone, key[1]);
          } else if (key[1] == 0 && change.expectedHash().isEmpty()) {
            ending.created = true;
          }
        });
    endings.forEach((oid, ending) -> {
      if (ending.created) {
        pages.create(oid);
        created.add(oid);
      }
    });
    log.replay(
        pair,
        (number, change) -> {
          if (change.wanted().isPresent()) {
            long[] key = key(change);
            byte[] data = data(change.wanted().get());
            if (data.length > 0) {
              pages.put(key[0], key[1], data);
            }
            Ending ending = endings.computeIfAbsent(key[0], any -> new Ending());
            if (key[1] > ending.lastWritten) {
              ending.lastWritten = key[1];
              ending.end = LargeObjectPages.start(key[1]) + data.length;
            }
          }
        });
    endings.forEach(this::end);
  }

  private void end(long oid, Ending ending) {
    if (ending.firstGone == 0) {
      pages.remove(oid);
    } else if (ending.firstGone < Long.MAX_VALUE) {
      boolean lastIsKnown = ending.lastWritten == ending.firstGone - 1;
      pages.truncate(oid, lastIsKnown ? ending.end : LargeObjectPages.start(ending.firstGone));
    } else if (ending.lastWritten >= 0
        && ending.end < LargeObjectPages.start(ending.lastWritten + 1)) {
      // Only an object's last page is not whole.
      pages.truncate(oid, ending.end);
    }
  }

  private byte[] data(Row row) {
    try {
      decoder.read(row.line(), 0, row.line().length);
    } catch (RowFormatException malformed) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "a page of a large object is not what it should be",
          "",
          malformed);
    }
    text.clear(1 << 20);
    decoder.plainText(DATA, text);
    return HexFormat.of()
        .parseHex(new String(text.array(), 2, text.length() - 2, StandardCharsets.US_ASCII));
  }

  /**
   * Gives the objects that were made anew their owners, privileges and comments. The last of all:
   * their owners need not let this role read them.
   *
   * @return what could not be given
   */
  List<String> giveTraits(List<SchemaStatement> statements) {
    return new LargeObjectTraits(pages, created).give(statements);
  }

  /** Reads the pages back, compares them with what was wanted, and tells of all touched. */
  void readBack(TouchedRows touched) throws IOException {
    long[] different = {0};
    try (LiveRows rows = read()) {
      boolean[] more = {rows.next()};
      log.replay(
          pair,
          (number, change) -> {
            Optional<byte[]> after = Optional.empty();
            if (more[0] && rows.number() == number) {
              after = Optional.of(rows.hash());
              more[0] = rows.next();
            }
            Optional<byte[]> wanted =
                change.wanted().map(row -> dev.coffer.bytes.Sha256.of(row.line()));
            boolean same =
                after.isPresent() == wanted.isPresent()
                    && (after.isEmpty()
                        || Hash.of(after.get()).equals(Hash.of(wanted.orElseThrow())));
            different[0] += same ? 0 : 1;
            touched.row(pair.after(), change.key(), change.expectedHash(), after);
          });
    }
    if (different[0] > 0) {
      throw new CofferException(
          ErrorCode.DATABASE_CHANGED,
          different[0] + " page(s) of large objects read back other than they were written",
          "Nothing was changed. Somebody else writes to large objects: try again.");
    }
  }
}
