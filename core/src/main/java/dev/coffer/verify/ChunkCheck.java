package dev.coffer.verify;

import dev.coffer.archive.SealedLine;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.chunk.TableHash;
import dev.coffer.json.RowFormatException;
import dev.coffer.json.RowParser;
import dev.coffer.model.Finding;
import dev.coffer.model.Table;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks into one chunk: every line's form and hash.
 *
 * @param table the logical name of the table whose rows, or secrets, these are
 * @param rowsChunk for sealed values, the chunk whose rows they belong to; -1 otherwise
 * @param secretRows for sealed values, how many rows they say they are for
 */
record ChunkCheck(
    String table,
    boolean sealed,
    long at,
    long bytes,
    long rows,
    String sha256,
    TableHash hash,
    int rowsChunk,
    long secretRows,
    Optional<Finding> finding) {

  static ChunkCheck ofRows(Table table, ByteSink text, long at) {
    RowParser parser = new RowParser(table);
    ChunkHasher hasher = new ChunkHasher();
    TableHash hash = new TableHash();
    byte[] bytes = text.array();
    int limit = text.length();
    long rows = 0;
    int from = 0;
    Optional<Finding> finding = Optional.empty();
    try {
      while (true) {
        int end = parser.parse(bytes, from, limit);
        int hashAt = hasher.line(bytes, from, end - from);
        hash.add(hasher.hashes(), hashAt);
        rows++;
        if (end == limit) {
          break;
        }
        if (end + 2 >= limit || bytes[end] != ',' || bytes[end + 1] != '\n') {
          throw parser.misplaced(end);
        }
        from = end + 2;
      }
    } catch (RowFormatException malformed) {
      Finding.Code code =
          malformed.duplicateKey() ? Finding.Code.DUPLICATE_KEY : Finding.Code.ROW_DAMAGED;
      String meaning =
          malformed.duplicateKey()
              ? "a row has a key twice or out of order"
              : "a row is not what the schema says";
      String place = "table " + table.logicalName() + ", byte " + (at + malformed.position());
      finding = Optional.of(Finding.error(code, place + " of the document", meaning));
    }
    String sha256 = Sha256.hex(hasher.finish());
    return new ChunkCheck(
        table.logicalName(), false, at, limit, rows, sha256, hash, -1, 0, finding);
  }

  static ChunkCheck ofSealed(ByteSink text, long at) {
    byte[] line = Arrays.copyOf(text.array(), text.length());
    Optional<SealedLine> read = SealedLine.read(line);
    String sha256 = Sha256.hex(Sha256.of(Sha256.of(line)));
    Optional<Finding> finding =
        read.isPresent()
            ? Optional.empty()
            : Optional.of(
                Finding.error(
                    Finding.Code.SEALED_DAMAGED,
                    "byte " + at + " of the document",
                    "a line of sealed values is not in its one form"));
    return new ChunkCheck(
        read.map(SealedLine::table).orElse(""),
        true,
        at,
        line.length,
        1,
        sha256,
        new TableHash(),
        read.map(SealedLine::chunk).orElse(-1),
        read.map(SealedLine::rows).orElse(0L),
        finding);
  }
}
