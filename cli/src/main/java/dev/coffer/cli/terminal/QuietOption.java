package dev.coffer.cli.terminal;

import picocli.CommandLine.Option;

/** For commands that show progress. */
public final class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no summary; the result, notices and errors remain.")
  private boolean quiet;

  public boolean quiet() {
    return quiet;
  }
}
