package dev.coffer.proof;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.TableHash;
import dev.coffer.json.PlainLine;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table's rows must be when they are read back.
 *
 * @param table whose rows these are, in the form in which they are read and hashed
 * @param hash hexadecimal, of that form
 */
record Expectation(Table original, Table table, long rows, String hash) {
  private static final int KEEP = 1 << 20;

  /**
   * For every table. Where nothing is sealed, the signed metadata says it; else the rows are gone
   * through, with their sealed values in the clear or left out.
   */
  static List<Expectation> of(OpenedBackup backup) throws IOException {
    List<Expectation> all = new ArrayList<>();
    for (Table table : backup.header().schema().tables()) {
      long rows = backup.metadata().tables().getOrDefault(table.logicalName(), 0L);
      all.add(
          table.sealedColumns().isEmpty()
              ? new Expectation(table, table, rows, signedHash(backup, table))
              : plain(backup, table, rows));
    }
    return all;
  }

  static String signedHash(OpenedBackup backup, Table table) {
    return backup.metadata().integrityHashes().getOrDefault(table.logicalName(), "");
  }

  private static Expectation plain(OpenedBackup backup, Table table, long rows) throws IOException {
    PlainLine lines = new PlainLine(table, backup.opensSecrets());
    TableHash hash = new TableHash();
    ByteSink line = new ByteSink(1 << 10);
    for (int chunk : backup.chunks(table)) {
      backup.rows(
          table,
          chunk,
          row -> {
            lines.append(row.values(), line);
            hash.add(Sha256.of(line.array(), 0, line.length()), 0);
            line.clear(KEEP);
          });
    }
    return new Expectation(table, lines.table(), rows, hash.hex());
  }
}
