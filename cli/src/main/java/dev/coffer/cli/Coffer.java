package dev.coffer.cli;

import dev.coffer.cli.backup.BackupCommand;
import dev.coffer.cli.compare.CompareCommand;
import dev.coffer.cli.completion.CompletionCommand;
import dev.coffer.cli.demo.DemoCommand;
import dev.coffer.cli.export.ExportCommand;
import dev.coffer.cli.inventory.ListCommand;
import dev.coffer.cli.inventory.ShowCommand;
import dev.coffer.cli.keys.KeysCommand;
import dev.coffer.cli.portal.MigrateCommand;
import dev.coffer.cli.portal.SampleCommand;
import dev.coffer.cli.prove.ProveCommand;
import dev.coffer.cli.restore.RestoreCommand;
import dev.coffer.cli.restore.UndoCommand;
import dev.coffer.cli.serve.ServeCommand;
import dev.coffer.cli.terminal.NeedsSubcommand;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.verify.VerifyCommand;
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
    subcommands = {
      DemoCommand.class,
      BackupCommand.class,
      ListCommand.class,
      ShowCommand.class,
      VerifyCommand.class,
      ProveCommand.class,
      ExportCommand.class,
      CompareCommand.class,
      RestoreCommand.class,
      UndoCommand.class,
      KeysCommand.class,
      MigrateCommand.class,
      SampleCommand.class,
      ServeCommand.class,
      CompletionCommand.class
    },
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
