package dev.coffer.cli.portal;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.ExitStatus;
import dev.coffer.portal.communications.CommunicationsMigration;
import dev.coffer.portal.communications.Plan;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Shows or runs the migration of the communication tables. */
final class Migration {
  private final Session session;
  private final ConnectionSettings settings;

  Migration(Session session, DatabaseOption database) {
    this.session = session;
    this.settings =
        ConnectionSettings.resolve(database.database(), session.environment(), session.userHome());
  }

  int run(boolean dryRun, boolean json) {
    try (Connection connection = settings.open("coffer migrate")) {
      ServerVersion.of(connection).supported();
      Plan plan = CommunicationsMigration.plan(connection);
      if (json) {
        json(dryRun ? plan : CommunicationsMigration.apply(connection), dryRun);
      } else if (dryRun) {
        show(plan);
        session.printer().aside("-- Nothing was changed (--dry-run).");
      } else {
        show(plan);
        report(CommunicationsMigration.apply(connection));
      }
      return ExitStatus.DONE;
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot migrate " + settings);
    }
  }

  private void json(Plan plan, boolean dryRun) {
    Map<String, Object> answer = Json.object(true);
    answer.put("dryRun", dryRun);
    answer.put("schema", plan.schema());
    answer.put("created", plan.objects(Plan.State.CREATE));
    answer.put("replaced", plan.objects(Plan.State.REPLACE));
    answer.put("existing", plan.objects(Plan.State.EXISTS));
    answer.put("missingPortalTables", plan.missing());
    answer.put("sql", plan.sql());
    Json.print(session, answer);
  }

  /** The SQL goes out line by line, so that it can be kept and run by psql. */
  private void show(Plan plan) {
    plan.sql().lines().forEach(session.printer()::line);
  }

  private void report(Plan done) {
    Printer printer = session.printer();
    if (done.isDone()) {
      printer.line("Nothing to do: " + settings + " has the communication tables.");
    } else {
      int changed =
          done.objects(Plan.State.CREATE).size() + done.objects(Plan.State.REPLACE).size();
      printer.heading("Done: " + changed + " objects made in schema " + done.schema() + ".");
    }
    if (!done.missing().isEmpty()) {
      printer.line(
          "This portal lacks "
              + String.join(", ", done.missing())
              + "; run it again once it has them.");
    }
  }
}
