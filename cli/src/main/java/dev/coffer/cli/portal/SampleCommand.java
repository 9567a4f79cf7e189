package dev.coffer.cli.portal;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.Session;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coffer sample}: for benchmarks and trials. */
@Command(
    name = "sample",
    hidden = true,
    description = "Fill an empty database with a made-up sales portal.",
    footer = {
      "",
      "Example:",
      "  coffer sample --database postgresql://me@localhost/empty --scale 20"
    })
public final class SampleCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final DatabaseOption database = new DatabaseOption();

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "1 makes 15,247 records, 200 about 3 million. Default: ${DEFAULT-VALUE}.")
  private double scale = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed, other people.")
  private long seed;

  public SampleCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Sample(session, database)
        .create(scale, seed == 0 ? OptionalLong.empty() : OptionalLong.of(seed));
  }
}
