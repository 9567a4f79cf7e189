package dev.coffer.server;

import com.zaxxer.hikari.HikariDataSource;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty state's database, without a server. */
public final class StateForTests implements AutoCloseable {
  private final DataSource source;
  private final Optional<TestDatabase> database;

  /** Both that a server can have. */
  public enum Kind {
    H2,
    POSTGRESQL
  }

  private StateForTests(DataSource source, Optional<TestDatabase> database) {
    this.source = source;
    this.database = database;
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:dev/coffer/server/state")
        .load()
        .migrate();
  }

  public static StateForTests open(Kind kind) {
    return switch (kind) {
      case H2 ->
          new StateForTests(
              new DriverManagerDataSource(
                  "jdbc:h2:mem:"
                      + Long.toHexString(ThreadLocalRandom.current().nextLong())
                      + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                      + ";DB_CLOSE_DELAY=-1"),
              Optional.empty());
      case POSTGRESQL -> {
        TestDatabase database = TestDatabase.create(Servers.embedded(18));
        yield new StateForTests(pool(database), Optional.of(database));
      }
    };
  }

  /** As a server has it: to connect anew for each statement takes longer than the statement. */
  private static HikariDataSource pool(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setMinimumIdle(1);
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.server().user());
    pool.setPassword(database.server().password());
    return pool;
  }

  public DataSource source() {
    return source;
  }

  public JdbcClient client() {
    return JdbcClient.create(source);
  }

  public long count(String query) {
    return client().sql(query).query(Long.class).single();
  }

  public TransactionTemplate transaction() {
    return new TransactionTemplate(new JdbcTransactionManager(source));
  }

  @Override
  public void close() {
    if (source instanceof HikariDataSource pool) {
      pool.close();
    }
    if (database.isPresent()) {
      database.get().close();
    } else {
      client().sql("SHUTDOWN").update();
    }
  }
}
