package dev.coffer.cli.portal;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coffer migrate communications}. */
@Command(
    name = "communications",
    description = {
      "Create EmailLog, CommunicationLog and CommunicationSummaryView.",
      "In one transaction; what is there already stays as it is, so it can be run again."
    },
    footer = {
      "",
      "Example:",
      "  coffer migrate communications --database postgresql://owner@host/db --dry-run"
    })
public final class MigrateCommunicationsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show the SQL and change nothing.")
  private boolean dryRun;

  @Mixin private final JsonOption json = new JsonOption();

  public MigrateCommunicationsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Migration(session, database).run(dryRun, json.json());
  }
}
