package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code coffer show}. */
@Command(
    name = "show",
    description = "Show what is in a backup: tables, messages, flagged rows, what was left out.",
    footer = {"", "Examples:", "  coffer show latest", "  coffer show backup.json.zst --json"})
public final class ShowCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  private String backup = "";

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final JsonOption json = new JsonOption();

  public ShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Showing(session).print(backup, identity, json.json());
  }
}
