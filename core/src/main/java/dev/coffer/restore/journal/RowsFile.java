package dev.coffer.restore.journal;

import dev.coffer.bytes.Sha256;
import dev.coffer.json.JsonStrings;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.restore.apply.TouchedRows;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows that a restore touched, a line each, in a gzip file (RFC 1952): {@code {"schema",
 * "table", "key", "before", "after"}}. Keys are the only values in it.
 */
final class RowsFile implements TouchedRows, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final OutputStream target;
  private final Map<QualifiedName, byte[]> openings = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  RowsFile(Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    target =
        new BufferedOutputStream(
            new GZIPOutputStream(Channels.newOutputStream(channel), BUFFER), BUFFER);
  }

  @Override
  public void row(Table table, byte[] key, Optional<byte[]> before, Optional<byte[]> after)
      throws IOException {
    counts.merge(table.logicalName(), 1L, Long::sum);
    target.write(openings.computeIfAbsent(table.name(), RowsFile::opening));
    target.write(key);
    put(",\"before\":" + hash(before) + ",\"after\":" + hash(after) + "}\n");
  }

  private static byte[] opening(QualifiedName table) {
    return ("{\"schema\":"
            + JsonStrings.quote(table.schema())
            + ",\"table\":"
            + JsonStrings.quote(table.name())
            + ",\"key\":")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(Optional<byte[]> hash) {
    return hash.map(bytes -> '"' + Sha256.hex(bytes) + '"').orElse("null");
  }

  private void put(String text) throws IOException {
    target.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Rows so far, by logical name of their table. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Makes the file durable. */
  void finish() throws IOException {
    target.flush();
    // Closing the stream ends the gzip member, and closes the channel.
    try (FileChannel again = FileChannel.open(file, StandardOpenOption.WRITE)) {
      target.close();
      again.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Takes rows as they are read. */
  @FunctionalInterface
  interface Reader {
    void row(TouchedRow row) throws IOException;
  }

  static void read(Path file, Reader reader) throws IOException {
    JsonMapper mapper = JsonMapper.shared();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), BUFFER), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = mapper.readTree(line);
        int from = line.indexOf(",\"key\":") + ",\"key\":".length();
        int to = line.lastIndexOf(",\"before\":");
        reader.row(
            new TouchedRow(
                new QualifiedName(row.get("schema").stringValue(), row.get("table").stringValue()),
                line.substring(from, to).getBytes(StandardCharsets.UTF_8),
                hash(row.get("before")),
                hash(row.get("after"))));
      }
    }
  }

  private static Optional<byte[]> hash(JsonNode value) {
    return value.isNull()
        ? Optional.empty()
        : Optional.of(HexFormat.of().parseHex(value.stringValue()));
  }
}
