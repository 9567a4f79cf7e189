package dev.coffer.portal.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Loads several tables at a time, each by one COPY over a connection of its own. */
final class TableLoader {
  private final DataSource database;
  private final int connections;

  TableLoader(DataSource database, int connections) {
    this.database = database;
    this.connections = connections;
  }

  /** Returns the rows loaded, by physical table name. The first failure stops the rest. */
  Map<String, Long> load(List<SampleTable> tables) {
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Long>> loads = new ArrayList<>();
      for (SampleTable table : tables) {
        loads.add(threads.submit(() -> load(table)));
      }
      try {
        Map<String, Long> rows = new TreeMap<>();
        for (int i = 0; i < loads.size(); i++) {
          rows.put(tables.get(i).name(), loads.get(i).get());
        }
        return rows;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw PortalSchema.failed(
            "A table of the sample portal could not be loaded.", e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw PortalSchema.failed("Building the sample portal was interrupted.", e);
      }
    }
  }

  private long load(SampleTable table) throws SQLException {
    try (Connection connection = database.getConnection()) {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY public.\"" + table.name() + "\" FROM STDIN");
      try {
        CopyText rows = new CopyText(copy);
        table.write(rows);
        long written = rows.finish();
        copy.endCopy();
        return written;
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    }
  }
}
