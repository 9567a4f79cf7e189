package dev.coffer.cli;

import dev.coffer.cli.terminal.NeedsSubcommand;
import dev.coffer.cli.terminal.VersionText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command above the commands. */
@Command(
    name = "coffer",
    versionProvider = VersionText.class,
    synopsisHeading = "",
    customSynopsis = "coffer COMMAND [OPTIONS]",
    description = {
      "",
      "Backs up a PostgreSQL database into one readable document, and proves that it is whole."
    },
    commandListHeading = "",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  coffer demo",
      "  coffer backup --database postgresql://user@host/db --reason \"Before system update\"",
      "  coffer verify latest",
      "",
      "Environment:",
      "  COFFER_BACKUPS   where backups are kept (default: backups, in this folder)",
      "  COFFER_HOME      where keys are kept (default: ~/.coffer)",
      "  DATABASE_URL     the database, when --database is not given; then PGHOST and its kin",
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 the backup is damaged or not authentic,",
      "4 the database cannot be used, 5 refused for safety, 130 interrupted.",
      "",
      "'coffer COMMAND --help' says more about each."
    })
final class Coffer extends NeedsSubcommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
