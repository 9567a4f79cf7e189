package dev.coffer.cli.terminal;

import picocli.CommandLine.Option;

/** The option of every command. */
public final class CommandOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;
}
