package dev.coffer.cli.keys;

import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code coffer keys generate}. */
@Command(
    name = "generate",
    description = {
      "Make a sealing key pair (age) and a signing key pair (Ed25519).",
      "They go to keys/ in COFFER_HOME. A key that is there is never overwritten."
    },
    footer = {"", "Example:", "  coffer keys generate"})
public final class KeysGenerateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final JsonOption json = new JsonOption();

  public KeysGenerateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new KeyGeneration(session).run(json.json());
  }
}
