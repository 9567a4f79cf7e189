package dev.coffer.cli.serve;

import dev.coffer.cli.backup.BackupsFolder;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.CofferServer;
import dev.coffer.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Serves until the thread is interrupted. */
final class Serving {
  private static final int HIGHEST_PORT = 65_535;

  private final Session session;
  private final ServeCommand command;
  private final Printer printer;

  Serving(Session session, ServeCommand command) {
    this.session = session;
    this.command = command;
    this.printer = session.printer();
  }

  int run() {
    ServerSettings settings = settings();
    try (CofferServer server = CofferServer.start(settings)) {
      greet(server, settings);
      if (command.once) {
        openFirstPage(server);
      } else {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException asked) {
      printer.line("Coffer has ended.");
    }
    return ExitStatus.DONE;
  }

  private ServerSettings settings() {
    if (command.port < 0 || command.port > HIGHEST_PORT) {
      throw usage("--port is " + command.port, "Give a number from 1 to " + HIGHEST_PORT + ".");
    }
    if (command.idleMinutes < 1) {
      throw usage("--idle-minutes is " + command.idleMinutes, "Give a number from 1.");
    }
    return new ServerSettings(
        command.address,
        command.port,
        session.cofferHome(),
        BackupsFolder.forWriting(session, command.to),
        database(),
        command.proveServer.or(() -> session.variable("COFFER_PROVE_SERVER")).map(this::named),
        session.variable("COFFER_STATE_URL").map(this::named),
        Duration.ofMinutes(command.idleMinutes),
        command.behindProxy,
        VersionText.version());
  }

  private ConnectionSettings named(String url) {
    return ConnectionSettings.resolve(Optional.of(url), Map.of(), session.userHome());
  }

  /** Without a word about it no database is guessed: the pages say what to do. */
  private Optional<ConnectionSettings> database() {
    boolean named =
        command.database.database().isPresent()
            || session.variable("DATABASE_URL").isPresent()
            || session.variable("PGDATABASE").isPresent();
    return named
        ? Optional.of(
            ConnectionSettings.resolve(
                command.database.database(), session.environment(), session.userHome()))
        : Optional.empty();
  }

  private void greet(CofferServer server, ServerSettings settings) {
    printer.line("Coffer is at " + server.url());
    printer.field(
        "Protects",
        settings
            .database()
            .map(ConnectionSettings::toString)
            .orElse("no database yet: give --database, or set DATABASE_URL"));
    printer.field("Backups in", settings.backups().toAbsolutePath().normalize().toString());
    FirstSignIn.print(printer, server);
    session.out().flush();
  }

  private static void openFirstPage(CofferServer server) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create(server.url() + "/sign-in")).build(),
          BodyHandlers.discarding());
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.INTERNAL, "the server does not answer at " + server.url(), "", failure);
    }
  }

  private static CofferException usage(String fact, String hint) {
    return new CofferException(ErrorCode.USAGE, fact, hint);
  }
}
