package dev.coffer.cli.demo;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.BackupResult;
import dev.coffer.backup.Backups;
import dev.coffer.cli.backup.BackupReport;
import dev.coffer.cli.backup.BackupsFolder;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.prove.Proving;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.terminal.Who;
import dev.coffer.cli.terminal.Words;
import dev.coffer.cli.verify.Verdict;
import dev.coffer.cli.verify.Verification;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerException;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.seal.KeyHome;
import dev.coffer.verify.VerificationReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server, a portal, a backup, a verification, a proof and the admin's pages, one after another,
 * with nothing to set up.
 */
final class Demo {
  private static final String DATABASE = "salesportal";
  private static final String STATE = "coffer_state";
  private static final int CONNECTIONS = 4;

  private final Session session;
  private final Printer printer;
  private final Path root;

  Demo(Session given) {
    root = BackupsFolder.forWriting(given, Optional.empty());
    // The user's own keys are for the user's own backups.
    session =
        given.variable("COFFER_HOME").isPresent()
            ? given
            : given.with("COFFER_HOME", root.resolve("demo-home").toString());
    printer = session.printer();
  }

  /**
   * Runs it.
   *
   * @param once whether to end without serving the pages
   */
  int run(boolean once) {
    VerificationReport report;
    printer.heading("1. A PostgreSQL server of its own");
    try (EmbeddedServer server =
        EmbeddedServer.start(ServerBinaries.bundled(), ServerOptions.defaults())) {
      // Ctrl-C ends the pages first, which would complain of a database that is gone.
      server.stayUntilClosed();
      printer.line("   PostgreSQL " + server.version() + ", for this demo alone");
      ConnectionSettings database = create(connection(server), DATABASE);
      fill(database);
      BackupResult result = backUp(database);
      report = verify(result.file());
      if (report.sound()) {
        prove(result.file(), server);
      }
      new NextSteps(session, result.file(), root).print();
      if (report.sound() && !once) {
        new DemoPages(session, root)
            .serve(
                database,
                database.withDatabase("postgres"),
                create(database.withDatabase("postgres"), STATE));
      }
    } catch (ServerException failure) {
      throw new CofferException(ErrorCode.DATABASE_FAILED, failure.fact(), failure.hint(), failure);
    }
    return report.sound() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  private ConnectionSettings connection(EmbeddedServer server) {
    return ConnectionSettings.resolve(
        Optional.of(server.url("postgres")), Map.of(), session.userHome());
  }

  private static ConnectionSettings create(ConnectionSettings settings, String name) {
    try (Connection connection = settings.open("coffer demo");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot create the database " + name);
    }
    return settings.withDatabase(name);
  }

  private void fill(ConnectionSettings database) {
    printer.blank();
    printer.heading("2. A sales portal of made-up people");
    SamplePortal.Summary summary =
        SamplePortal.create(database.dataSource("coffer demo"), SamplePortal.Options.ofScale(1));
    printer.line(
        "   "
            + Words.count(summary.totalRows(), "record")
            + " in "
            + Words.count(summary.rows().size(), "table"));
  }

  private BackupResult backUp(ConnectionSettings database) {
    printer.blank();
    printer.heading("3. A comprehensive backup");
    long start = System.nanoTime();
    BackupRequest request =
        new BackupRequest(
            database,
            BackupKind.COMPREHENSIVE,
            "Coffer's demo",
            Who.is(session),
            root,
            Compression.ZSTD,
            PortalProfiles.all(),
            KeyHome.at(session.cofferHome()),
            List.of(),
            CONNECTIONS,
            VersionText.version());
    BackupResult result;
    try (ShownProgress progress = ShownProgress.on(session, false)) {
      result = Backups.take(request, progress);
    }
    new BackupReport(session, result, (System.nanoTime() - start) / 1e9).text();
    return result;
  }

  private VerificationReport verify(Path file) {
    printer.blank();
    printer.heading("4. Every hash, count and the signature, checked");
    Verification verification =
        new Verification(
            session, new IdentityOption(), List.of(), Runtime.getRuntime().availableProcessors());
    VerificationReport report = verification.verify(file, false);
    new Verdict(printer).print(file, report);
    return report;
  }

  private void prove(Path file, EmbeddedServer server) {
    printer.blank();
    printer.heading("5. Restored into a throw-away database, and every row compared");
    try (ShownProgress progress = ShownProgress.on(session, false)) {
      Proving.prove(session, file, server, progress);
    }
  }
}
