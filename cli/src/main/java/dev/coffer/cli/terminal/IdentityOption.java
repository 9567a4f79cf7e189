package dev.coffer.cli.terminal;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** For commands that may open sealed values or encrypted files. */
public final class IdentityOption {
  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description = {
        "An age identity that opens sealed values and encrypted files; may be given repeatedly.",
        "Default: keys/identity.txt in COFFER_HOME, if it is there."
      })
  private List<Path> files = List.of();

  public List<Path> files() {
    return files;
  }
}
