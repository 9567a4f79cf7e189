package dev.coffer.portal;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Empty databases on the shared server, as data sources. They go when the server goes. */
public final class TestServer {
  private TestServer() {}

  public static DataSource newDatabase() {
    return newDatabase(Servers.debian15());
  }

  public static DataSource newDatabase(EmbeddedServer server) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(TestDatabase.create(server).jdbcUrl());
    database.setUser(server.user());
    database.setPassword(server.password());
    return database;
  }
}
