package dev.coffer.cli;

import dev.coffer.cli.terminal.Session;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.ExitStatus;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What {@code ./coffer} trains a start on (JEP 514): the demo, and then the commands as their users
 * type them, so that later starts find the classes of each ready-made, and know what is hot in a
 * database that is not small.
 */
@Command(name = "rehearse", hidden = true, description = "Run every command once, for training.")
final class RehearseCommand implements Callable<Integer> {
  private final Session session;

  RehearseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    run("demo", "--once");
    try (EmbeddedServer server =
        EmbeddedServer.start(ServerBinaries.bundled(), ServerOptions.defaults())) {
      String url = server.url("postgres");
      run("sample", "--database", url, "--scale", "10");
      run("backup", "--database", url, "--reason", "rehearsal", "--quiet");
      run("list");
      run("show", "latest");
      run("verify", "latest");
      String customer = change(server);
      run("compare", "latest", "--database", url);
      String one = "sales/" + customer;
      run("restore", "latest", "--database", url, "--record", one, "--confirm", "postgres");
      run("restore", "latest", "--database", url, "--confirm", "postgres");
      String empty = "template1";
      run("restore", "latest", "--database", server.url(empty), "--confirm", empty, "--jobs", "2");
    }
    return ExitStatus.DONE;
  }

  /** Changes some rows, and deletes a customer with everything of theirs; answers who that was. */
  private static String change(EmbeddedServer server) {
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE sales SET notes = 'rehearsed' WHERE hashtext(id) % 20 = 0");
      statement.execute("UPDATE appliances SET cost = cost + 1 WHERE hashtext(id) % 20 = 0");
      try (ResultSet gone =
          statement.executeQuery(
              """
              DELETE FROM sales WHERE id = (
                SELECT min(id) FROM sales WHERE id NOT IN (SELECT sale_id FROM "LeadToSaleLink"))
              RETURNING id
              """)) {
        gone.next();
        return gone.getString(1);
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot change the sample");
    }
  }

  private void run(String... arguments) {
    Main.run(arguments, session.environment(), session.in(), session.out(), session.err());
  }
}
