package dev.coffer.restore.apply;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.ArrayDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.postgres.write.CopyWriter;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.StagedTable;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.seal.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The changes of one table on their way: staged, pinned, and read back. For one thread. */
final class TableApplication {
  private final TablePair pair;
  private final RowChangeLog log;
  private final Supplier<Optional<Fingerprint>> fingerprint;
  private final WantedRows wanted;
  private final StagedTable staged;
  private final boolean keyed;
  private final StaleTable.Counter stale = new StaleTable.Counter();

  /** What the rows of a table without a key are to be, and how often. */
  private final Map<Hash, Integer> wantedValues = new HashMap<>();

  private boolean secretsOpen;

  TableApplication(
      WriteTransaction transaction,
      TablePair pair,
      LiveTable live,
      RowChangeLog log,
      Supplier<Optional<Fingerprint>> fingerprint) {
    this.pair = pair;
    this.log = log;
    this.fingerprint = fingerprint;
    wanted = new WantedRows(pair, live);
    staged = transaction.stage(live, wanted.shape());
    keyed = !pair.key().isEmpty();
  }

  Table table() {
    return pair.after();
  }

  /** Puts the changes on the server and compares the rows there with what is expected. */
  void stage() throws IOException {
    if (keyed) {
      stageKeys();
      staged.find();
      pin();
    } else {
      findByContent();
    }
    stageRows();
  }

  private void stageKeys() throws IOException {
    ArrayDecoder decoder = new ArrayDecoder(keyKinds());
    try (CopyWriter target = staged.keys()) {
      log.replay(
          pair,
          (number, change) -> {
            target.text().put(number + "\t");
            try {
              decoder.copyText(change.key(), target.text());
            } catch (RowFormatException malformed) {
              throw new IllegalStateException("a key is not what its table says", malformed);
            }
            target.row();
          });
      target.finish();
    }
  }

  private List<ValueKind> keyKinds() {
    Map<String, ValueKind> kinds = new HashMap<>();
    for (Column column : pair.after().storedColumns()) {
      kinds.put(column.name(), column.kind());
    }
    return pair.keyAfter().stream().map(name -> Objects.requireNonNull(kinds.get(name))).toList();
  }

  private void stageRows() throws IOException {
    try (CopyWriter target = staged.rows()) {
      log.replay(
          pair,
          (number, change) -> {
            if (change.wanted().isPresent()) {
              Row row = change.wanted().get();
              secretsOpen |= row.secrets().length > 0;
              wanted.stage(number, change.expectedHash().isPresent(), row, target);
              if (!keyed) {
                wantedValues.merge(wanted.values(row), 1, Integer::sum);
              }
            }
          });
      target.finish();
    }
  }

  private LiveRows rows(dev.coffer.postgres.write.CopyReader reader, boolean behindField) {
    return new LiveRows(pair.after(), fingerprint.get(), reader, behindField);
  }

  private void pin() throws IOException {
    Map<Hash, byte[]> inTheWay = new HashMap<>();
    try (LiveRows rows = rows(staged.readFound(), true)) {
      boolean[] more = {rows.next()};
      log.replay(
          pair,
          (number, change) -> {
            boolean expected = change.expectedHash().isEmpty();
            boolean first = true;
            while (more[0] && rows.number() == number) {
              if (change.expectedHash().isEmpty()) {
                inTheWay.put(Hash.of(rows.hash()), change.key());
              }
              expected =
                  first
                      && change.expectedHash().isPresent()
                      && Arrays.equals(rows.hash(), change.expectedHash().get());
              first = false;
              more[0] = rows.next();
            }
            if (!expected && change.expectedHash().isPresent()) {
              stale.add(text(change.key()));
            }
          });
    }
    if (!inTheWay.isEmpty()) {
      forgetDeleted(inTheWay);
      inTheWay.values().forEach(key -> stale.add(text(key)));
    }
  }

  /**
   * Takes away the rows that go: a key may equal another that is spelt differently, as 1.0 and 1.00
   * are, and then one row makes room for the other.
   */
  private void forgetDeleted(Map<Hash, byte[]> rows) throws IOException {
    log.replay(
        pair,
        (number, change) -> {
          if (change.wanted().isEmpty() && change.expectedHash().isPresent()) {
            rows.remove(Hash.of(change.expectedHash().get()));
          }
        });
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** Without a key, a row is any one that looks as expected. */
  private void findByContent() throws IOException {
    Map<Hash, Deque<Long>> expected = new HashMap<>();
    log.replay(
        pair,
        (number, change) ->
            change
                .expectedHash()
                .ifPresent(hash ->
                    expected
                        .computeIfAbsent(Hash.of(hash), any -> new ArrayDeque<>())
                        .add(number)));
    ByteSink places = new ByteSink(1 << 12);
    if (!expected.isEmpty()) {
      try (LiveRows rows = rows(staged.readAll(), true)) {
        while (rows.next()) {
          Deque<Long> numbers = expected.get(Hash.of(rows.hash()));
          if (numbers != null && !numbers.isEmpty()) {
            places.put(numbers.remove() + "\t" + rows.field() + "\n");
          }
        }
      }
    }
    expected.values().forEach(missing -> stale.add(missing.size()));
    try (CopyWriter target = staged.places()) {
      target.text().put(places.array(), 0, places.length());
      target.finish();
    }
  }

  /**
   * Notices rows that came or went since the plan was made, other than those that it changes.
   *
   * @param before the table as the plan knows it
   * @param oldest the oldest transaction that may have written since
   */
  void checkNothingElseChanged(OpenedBackup before, long oldest) throws IOException {
    StagedTable.Counts counts = staged.count(oldest);
    long known =
        Objects.requireNonNullElse(before.metadata().tables().get(pair.after().logicalName()), 0L);
    if (counts.maybeNew() > 0) {
      Map<Hash, Integer> fresh = new HashMap<>();
      try (LiveRows rows = rows(staged.readMaybeNew(oldest), false)) {
        while (rows.next()) {
          fresh.merge(Hash.of(rows.hash()), 1, Integer::sum);
        }
      }
      forget(fresh, before);
      fresh.values().forEach(count -> stale.add((long) count));
    }
    if (counts.all() != known && !stale.any()) {
      stale.add(Math.abs(counts.all() - known));
    }
  }

  /** Takes away the rows that the plan knows. */
  private void forget(Map<Hash, Integer> fresh, OpenedBackup before) throws IOException {
    Table table =
        before.header().schema().tables().stream()
            .filter(found -> found.name().equals(pair.after().name()))
            .findFirst()
            .orElseThrow();
    for (int place : before.chunks(table)) {
      if (fresh.isEmpty()) {
        return;
      }
      before.rows(
          table,
          place,
          row ->
              fresh.computeIfPresent(
                  Hash.of(Sha256.of(row.line(), row.from(), row.to() - row.from())),
                  (hash, count) -> count == 1 ? null : count - 1));
    }
  }

  Optional<StaleTable> stale() {
    return stale.any() ? Optional.of(stale.of(pair.after().logicalName())) : Optional.empty();
  }

  /** Reads the written rows back, compares them with what was wanted, and tells of all touched. */
  void readBack(TouchedRows touched) throws IOException {
    long different = keyed ? readBackByKey(touched) : readBackByContent(touched);
    if (different > 0) {
      throw new CofferException(
          ErrorCode.SCHEMA_DIFFERS,
          "table %s: %d row(s) read back other than they were written"
              .formatted(pair.after().name(), different),
          "Nothing was changed. The types of its columns do not hold what the backup does.");
    }
  }

  private long readBackByKey(TouchedRows touched) throws IOException {
    long[] different = {0};
    try (LiveRows rows = rows(staged.readWritten(), true)) {
      boolean[] more = {rows.next()};
      log.replay(
          pair,
          (number, change) -> {
            Optional<byte[]> after = Optional.empty();
            while (more[0] && rows.number() == number) {
              boolean matches =
                  after.isEmpty()
                      && change.wanted().isPresent()
                      && wanted.matches(change.wanted().get(), rows);
              different[0] += matches ? 0 : 1;
              after = Optional.of(rows.hash());
              more[0] = rows.next();
            }
            if (change.wanted().isPresent() && after.isEmpty()) {
              different[0]++;
            }
            touched.row(pair.after(), change.key(), change.expectedHash(), after);
          });
    }
    return different[0];
  }

  private long readBackByContent(TouchedRows touched) throws IOException {
    byte[] noKey = "[]".getBytes(StandardCharsets.US_ASCII);
    log.replay(
        pair,
        (number, change) -> {
          if (change.expectedHash().isPresent()) {
            touched.row(pair.after(), noKey, change.expectedHash(), Optional.empty());
          }
        });
    long different = 0;
    try (LiveRows rows = rows(staged.readWritten(), true)) {
      while (rows.next()) {
        Hash values = wanted.values(rows, secretsOpen);
        Integer left = wantedValues.get(values);
        if (left == null || left == 0) {
          different++;
        } else {
          wantedValues.put(values, left - 1);
        }
        touched.row(pair.after(), noKey, Optional.empty(), Optional.of(rows.hash()));
      }
    }
    Set<Integer> missing = new HashSet<>(wantedValues.values());
    missing.remove(0);
    return different + missing.size();
  }
}
