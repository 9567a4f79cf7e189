package dev.coffer.cli.demo;

import dev.coffer.cli.serve.ServerLibraries;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coffer demo}. */
@Command(
    name = "demo",
    description = "See it work: a made-up sales portal, its backup, the proof, the admin's pages.",
    footer = {
      "",
      "Starts a PostgreSQL of its own, fills it with 15,247 made-up records, backs them up,",
      "verifies and proves the backup, and serves the admin's pages until Ctrl-C. Needs no database",
      "and changes none. The backups stay in the backups' folder, with the demo's own keys beside",
      "them (or in COFFER_HOME, if that is set)."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--once", description = "End without serving the pages.")
  boolean once;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!once) {
      try {
        DemoPages.prepare();
      } catch (NoClassDefFoundError absent) {
        throw ServerLibraries.absent(absent, "coffer demo; or say --once");
      }
    }
    return new Demo(session).run(once);
  }
}
