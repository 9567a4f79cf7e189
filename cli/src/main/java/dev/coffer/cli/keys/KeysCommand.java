package dev.coffer.cli.keys;

import dev.coffer.cli.terminal.NeedsSubcommand;
import picocli.CommandLine.Command;

/** {@code coffer keys}. */
@Command(
    name = "keys",
    description = "Make keys, and prove that a key opens a backup.",
    subcommands = {KeysGenerateCommand.class, KeysCheckCommand.class})
public final class KeysCommand extends NeedsSubcommand {}
