package dev.coffer.cli.portal;

import dev.coffer.cli.terminal.NeedsSubcommand;
import picocli.CommandLine.Command;

/** {@code coffer migrate}. */
@Command(
    name = "migrate",
    description = "Add the communication tables to a portal's database.",
    subcommands = MigrateCommunicationsCommand.class)
public final class MigrateCommand extends NeedsSubcommand {}
