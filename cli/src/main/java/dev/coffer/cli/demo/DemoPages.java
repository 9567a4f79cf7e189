package dev.coffer.cli.demo;

import dev.coffer.cli.serve.FirstSignIn;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.portal.sample.SampleBusiness;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.CofferServer;
import dev.coffer.server.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** The admin's pages for the demo's database, with something to look at. */
final class DemoPages {
  private static final int PORT = 8080;
  private static final Duration IDLE = Duration.ofHours(2);
  private static final String ADDRESS = "127.0.0.1";
  private static final String WHO = "demo";

  private final Session session;
  private final Printer printer;
  private final Path root;

  DemoPages(Session session, Path root) {
    this.session = session;
    this.printer = session.printer();
    this.root = root;
  }

  /** Makes sure that there is a server, and that it does not log between the demo's lines. */
  static void prepare() {
    CofferServer.logWarningsOnly();
  }

  /**
   * Serves until the thread is interrupted.
   *
   * @param trials where backups are restored on trial
   * @param state for users, jobs and the audit trail: each demo begins with none
   */
  void serve(ConnectionSettings database, ConnectionSettings trials, ConnectionSettings state) {
    printer.blank();
    printer.heading("6. The admin's pages");
    try (CofferServer server = CofferServer.start(settings(database, trials, state))) {
      String lost = passTime(server, database.dataSource("coffer demo"));
      printer.blank();
      printer.line("   Some business has been done, and two more backups were made and proven.");
      printer.line("   Since then the customer " + lost + " was deleted:");
      printer.line("   bring them back under Restore, or see first what differs under Compare.");
      printer.blank();
      printer.line("Coffer is at " + server.url());
      FirstSignIn.print(printer, server);
      printer.blank();
      printer.line("Ctrl-C ends the demo with its server and its database; the backups stay.");
      session.out().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException asked) {
      // The interrupt is over with this: what follows waits for the database to stop.
      printer.line("The demo has ended.");
    }
  }

  /** Two backups with some business before each, and a loss; gives whom. */
  private String passTime(CofferServer server, DataSource portal) {
    SampleBusiness.goOn(portal, 1);
    step("After a morning's business");
    server.backUp("After a morning's business", WHO);
    SampleBusiness.goOn(portal, 2);
    step("Before the prices change");
    server.backUp("Before the prices change", WHO);
    server.backUpNightly(WHO);
    return SampleBusiness.loseACustomer(portal);
  }

  private void step(String reason) {
    printer.line("   backing up: " + reason);
    session.out().flush();
  }

  private ServerSettings settings(
      ConnectionSettings database, ConnectionSettings trials, ConnectionSettings state) {
    return new ServerSettings(
        ADDRESS,
        freePort(),
        session.cofferHome(),
        root,
        Optional.of(database),
        Optional.of(trials),
        Optional.of(state),
        IDLE,
        false,
        VersionText.version());
  }

  /** The usual one, or any where another program has that. */
  private static int freePort() {
    try (ServerSocket usual = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }
}
