import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * How fast reading can be in Java where nothing is promised: rows in the order of the heap, on four
 * connections that share a snapshot, as JSON, hashed and compressed by the megabyte. There are no
 * keys, no hash of a row, no sealed value, no check of a value and no order of the file; one number
 * that is not JSON (NaN) would spoil it. So no backup: a mark that {@code coffer backup} is measured
 * by.
 *
 * <p>Usage: {@code Sketch JDBC_URL FILE}
 */
final class Sketch {
  private static final int CONNECTIONS = 4;
  private static final int BLOCKS = 2048;
  private static final int PIECE = 1 << 20;
  private static final long LAST_BLOCK = 0xFFFF_FFFEL;
  private static final String BARE = "20,21,23,700,701,1700,16"; // numbers and bool

  private final String url;
  private final OutputStream file;
  private final Queue<Range> ranges = new ConcurrentLinkedQueue<>();

  /** Blocks of a table, and what stands before each value of a row. */
  record Range(String table, byte[][] names, boolean[] quoted, long from, long to) {}

  private Sketch(String url, OutputStream file) {
    this.url = url;
    this.file = file;
  }

  public static void main(String[] arguments) throws Exception {
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[1]))) {
      new Sketch(arguments[0], file).run();
    }
  }

  private void run() throws Exception {
    try (Connection first = connect();
        Statement statement = first.createStatement();
        ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
      String snapshot;
      try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
        row.next();
        snapshot = row.getString(1);
      }
      plan(statement);
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        readers.add(pool.submit(() -> {
          read(snapshot);
          return null;
        }));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    return connection;
  }

  private void plan(Statement statement) throws SQLException {
    String tables =
        """
        SELECT c.oid::regclass::text, array_agg(a.attname ORDER BY attnum),
               array_agg((a.atttypid NOT IN (%s))::text ORDER BY attnum),
               pg_relation_size(c.oid) / current_setting('block_size')::int AS blocks
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
          AND attnum > 0 AND NOT attisdropped
        GROUP BY c.oid ORDER BY blocks DESC
        """
            .formatted(BARE);
    try (ResultSet row = statement.executeQuery(tables)) {
      while (row.next()) {
        String[] columns = (String[]) row.getArray(2).getArray();
        String[] quoted = (String[]) row.getArray(3).getArray();
        byte[][] names = new byte[columns.length][];
        boolean[] quotes = new boolean[columns.length];
        IntStream.range(0, columns.length).forEach(i -> {
          String name = (i == 0 ? "{\"" : ",\"") + columns[i] + "\":";
          names[i] = name.getBytes(StandardCharsets.UTF_8);
          quotes[i] = quoted[i].equals("true");
        });
        long blocks = Math.max(1, row.getLong(4));
        for (long from = 0; from < blocks; from += BLOCKS) {
          long to = from + BLOCKS >= blocks ? LAST_BLOCK : from + BLOCKS;
          ranges.add(new Range(row.getString(1), names, quotes, from, to));
        }
      }
    }
  }

  private void read(String snapshot) throws SQLException, IOException, GeneralSecurityException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1)) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] text = new byte[2 * PIECE];
      byte[] packed = new byte[(int) Zstd.compressBound(text.length)];
      for (Range range = ranges.poll(); range != null; range = ranges.poll()) {
        CopyOut copy =
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                    "COPY (SELECT * FROM %s WHERE ctid >= '(%d,0)' AND ctid < '(%d,0)') TO STDOUT"
                        .formatted(range.table, range.from, range.to));
        int length = 0;
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
          length = encode(row, range, text, length);
          if (length > PIECE) {
            put(text, length, sha256, zstd, packed);
            length = 0;
          }
        }
        put(text, length, sha256, zstd, packed);
      }
    }
  }

  private void put(
      byte[] text, int length, MessageDigest sha256, ZstdCompressCtx zstd, byte[] packed)
      throws IOException {
    sha256.update(text, 0, length);
    byte[] hash = sha256.digest();
    int size = zstd.compressByteArray(packed, 0, packed.length, text, 0, length);
    synchronized (file) {
      file.write(packed, 0, size);
      file.write(hash);
    }
  }

  /** COPY's text as JSON. Rows are shorter than a megabyte here. */
  private static int encode(byte[] row, Range range, byte[] text, int start) {
    int to = start;
    int at = 0;
    for (int column = 0; ; column++) {
      byte[] name = range.names[column];
      System.arraycopy(name, 0, text, to, name.length);
      to += name.length;
      if (row[at] == '\\' && row[at + 1] == 'N') {
        text[to++] = 'n';
        text[to++] = 'u';
        text[to++] = 'l';
        text[to++] = 'l';
        at += 2;
      } else {
        boolean quoted = range.quoted[column];
        if (quoted) {
          text[to++] = '"';
        }
        byte next = row[at];
        while (next != '\t' && next != '\n') {
          if (next == '\\') {
            text[to++] = '\\';
            next = row[++at];
          } else if (next == '"') {
            text[to++] = '\\';
          }
          text[to++] = next;
          next = row[++at];
        }
        if (quoted) {
          text[to++] = '"';
        }
      }
      if (row[at++] == '\n') {
        text[to++] = '}';
        text[to++] = '\n';
        return to;
      }
    }
  }
}
