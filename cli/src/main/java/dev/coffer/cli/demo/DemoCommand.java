package dev.coffer.cli.demo;

import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code coffer demo}. */
@Command(
    name = "demo",
    description = "See it work: a made-up sales portal, its backup, and the proof.",
    footer = {
      "",
      "Starts a PostgreSQL of its own, fills it with 15,247 made-up records, backs them up and",
      "verifies the backup. Needs no database and changes none. The backup stays in the backups'",
      "folder, with the demo's own keys beside it (or in COFFER_HOME, if that is set)."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Demo(session).run();
  }
}
