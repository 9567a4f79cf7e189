package dev.coffer.cli.demo;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;

/** Commands that work on the demo's backup, to be copied from the terminal. */
final class NextSteps {
  private final Session session;
  private final Printer printer;
  private final Path file;
  private final Path root;

  NextSteps(Session session, Path file, Path root) {
    this.session = session;
    this.printer = session.printer();
    this.file = file;
    this.root = root;
  }

  void print() {
    String coffer = session.program();
    String backup = Words.shell(file);
    String identity = Words.shell(KeyHome.at(session.cofferHome()).identityFile());
    printer.blank();
    printer.heading("What to try next");
    step("What is in it", coffer + " show " + backup);
    step("All backups", coffer + " list " + Words.shell(root));
    step("Read it without Coffer", "zstd -dc " + backup + " | jq .metadata.communicationSummary");
    step("One table, secrets sealed", coffer + " export " + backup + export(""));
    step(
        "The same, opened with the key",
        coffer + " export " + backup + export(" --identity " + identity));
    step(
        "All of it as SQL for psql",
        coffer + " export " + backup + " --format sql --to portal.sql");
    printer.blank();
    printer.line("The demo's keys are in " + session.cofferHome().resolve("keys") + ".");
    printer.line("For a database of your own, keep the identity away from the backups:");
    printer.blank();
    printer.line("  " + coffer + " keys generate");
    printer.line(
        "  " + coffer + " backup --database postgresql://user@host/db --reason \"First backup\"");
  }

  private static String export(String identity) {
    return " --format csv --table users" + identity;
  }

  private void step(String what, String command) {
    printer.blank();
    printer.aside("  # " + what);
    printer.line("  " + command);
  }
}
