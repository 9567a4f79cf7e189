package dev.coffer.backup;

import dev.coffer.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who works in the database, again and again, until closed. */
final class Client implements AutoCloseable {

  /** One transaction; committed by the client. */
  @FunctionalInterface
  interface Work {
    void run(Statement statement) throws SQLException;
  }

  private final FutureTask<Integer> task;
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean over;

  private Client(TestDatabase database, int pause, Work work) {
    task = new FutureTask<>(() -> loop(database, pause, work));
  }

  /**
   * @param pause milliseconds between two transactions
   */
  static Client start(TestDatabase database, int pause, Work work) {
    Client client = new Client(database, pause, work);
    Thread.ofPlatform().name("client").start(client.task);
    return client;
  }

  private int loop(TestDatabase database, int pause, Work work)
      throws SQLException, InterruptedException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!over) {
        work.run(statement);
        connection.commit();
        done.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
    return done.get();
  }

  int done() {
    return done.get();
  }

  /** Lets the client finish; fails if its work did. */
  @Override
  public void close() {
    over = true;
    try {
      task.get();
    } catch (ExecutionException failure) {
      throw new AssertionError("the client's work failed", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
