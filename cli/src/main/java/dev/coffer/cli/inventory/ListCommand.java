package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.Session;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code coffer list}. */
@Command(
    name = "list",
    description = "List all backups, newest first, those of earlier systems too.",
    footer = {"", "Examples:", "  coffer list", "  coffer list /mnt/backups --json"})
public final class ListCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The backups' folder. Default: COFFER_BACKUPS, then backups.")
  private Optional<Path> folder = Optional.empty();

  @Mixin private final JsonOption json = new JsonOption();

  public ListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Listing(session, session.backups(folder), folder.isPresent()).print(json.json());
  }
}
