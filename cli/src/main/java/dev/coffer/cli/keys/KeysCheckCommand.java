package dev.coffer.cli.keys;

import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code coffer keys check}. */
@Command(
    name = "check",
    description = "Prove that an identity opens a backup.",
    footer = {
      "",
      "Examples:",
      "  coffer keys check latest",
      "  coffer keys check latest --identity /media/safe/identity.txt"
    })
public final class KeysCheckCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  private String backup = "";

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final JsonOption json = new JsonOption();

  public KeysCheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new KeyProof(session).run(backup, identity, json.json());
  }
}
