package dev.coffer.cli.terminal;

import picocli.CommandLine.Option;

/** For commands whose answer a program may read. */
public final class JsonOption {
  @Option(names = "--json", description = "Print one JSON object, errors too.")
  private boolean json;

  public boolean json() {
    return json;
  }
}
