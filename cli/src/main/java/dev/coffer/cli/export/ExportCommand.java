package dev.coffer.cli.export;

import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.QuietOption;
import dev.coffer.cli.terminal.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer export}. */
@Command(
    name = "export",
    description = "Turn a backup into JSON, an SQL script for psql, or CSV.",
    footer = {
      "",
      "Without an identity, sealed values read [ENCRYPTED]; in SQL they are null or unusable.",
      "",
      "Examples:",
      "  coffer export latest --format sql --to restore.sql",
      "  coffer export latest --format csv --table sales > sales.csv",
      "  coffer export latest --format csv --to tables/"
    })
public final class ExportCommand implements Callable<Integer> {

  /** The words for {@code --format}. */
  enum Shape {
    JSON,
    SQL,
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  String backup = "";

  @Option(
      names = {"-f", "--format"},
      required = true,
      paramLabel = "json|sql|csv",
      description = "The format to make.")
  Shape format = Shape.JSON;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by its name in the backup; may be given repeatedly.")
  List<String> tables = List.of();

  @Option(
      names = {"-t", "--to"},
      paramLabel = "PATH",
      description = {
        "The file to make; for CSV of several tables, the folder.",
        "Default: standard output."
      })
  Optional<Path> to = Optional.empty();

  @Mixin final IdentityOption identity = new IdentityOption();
  @Mixin final QuietOption quiet = new QuietOption();

  public ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new ExportRun(session, this).run();
  }
}
