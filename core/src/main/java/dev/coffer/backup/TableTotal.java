package dev.coffer.backup;

import dev.coffer.chunk.TableHash;
import dev.coffer.insight.TableInsight;

/** What the ranges of one table add up to. Thread-safe. */
final class TableTotal {
  private final TableHash hash = new TableHash();
  private final TableInsight insight;
  private long rows;

  TableTotal(TableInsight insight) {
    this.insight = insight;
  }

  synchronized void add(long moreRows, TableHash moreHash, TableInsight moreInsight) {
    rows += moreRows;
    hash.add(moreHash);
    insight.merge(moreInsight);
  }

  synchronized long rows() {
    return rows;
  }

  synchronized String hash() {
    return hash.hex();
  }

  TableInsight insight() {
    return insight;
  }
}
