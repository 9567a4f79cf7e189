package dev.coffer.cli.backup;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.JsonOption;
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

/** {@code coffer backup}. */
@Command(
    name = "backup",
    description = "Back up a database into one document.",
    footer = {
      "",
      "The last line of the output is the path of the file.",
      "",
      "Examples:",
      "  coffer backup --database postgresql://user@host/db --reason \"Before system update\"",
      "  coffer backup --kind database --to /mnt/backups --quiet",
      "  coffer backup --reason \"Monthly\" --encrypt-to age1..."
    })
public final class BackupCommand implements Callable<Integer> {

  /** The words for {@code --kind}. */
  enum Kind {
    COMPREHENSIVE,
    DATABASE,
    SALES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The words for {@code --compression}. */
  enum Packing {
    ZSTD,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Session session;

  @Mixin final DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-r", "--reason"},
      paramLabel = "TEXT",
      description = "Why this backup is taken; required for a comprehensive one.")
  String reason = "";

  @Option(
      names = {"-k", "--kind"},
      paramLabel = "KIND",
      description = {
        "comprehensive: all tables, with a reason (the default). database: all tables.",
        "sales: the tables that the profile names, with totals."
      })
  Kind kind = Kind.COMPREHENSIVE;

  @Option(
      names = {"-t", "--to"},
      paramLabel = "DIR",
      description = "The backups' folder. Default: COFFER_BACKUPS, then backups.")
  Optional<Path> to = Optional.empty();

  @Option(
      names = "--compression",
      paramLabel = "zstd|none",
      description = "Default: ${DEFAULT-VALUE}. Both are read without Coffer.")
  Packing compression = Packing.ZSTD;

  @Option(
      names = "--encrypt-to",
      paramLabel = "RECIPIENT",
      description =
          "Encrypt the whole file to an age recipient (age1...); may be given repeatedly.")
  List<String> encryptTo = List.of();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = {
        "What your application says about its tables (YAML); may be given repeatedly.",
        "The sales portal's is built in."
      })
  List<Path> profiles = List.of();

  @Option(
      names = "--created-by",
      paramLabel = "WHO",
      description = "Who takes it. Default: the user and the machine.")
  Optional<String> createdBy = Optional.empty();

  @Option(
      names = {"-j", "--connections"},
      paramLabel = "N",
      description = "How many connections read at once. Default: ${DEFAULT-VALUE}.")
  int connections = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      description = {
        "How long to wait for a table that a migration changes; 0: for ever.",
        "Default: ${DEFAULT-VALUE}."
      })
  int lockTimeout = 30;

  @Option(
      names = "--statement-timeout",
      paramLabel = "SECONDS",
      description = "How long reading one part of a table may take; 0: for ever (the default).")
  int statementTimeout = 0;

  @Mixin final JsonOption json = new JsonOption();
  @Mixin final QuietOption quiet = new QuietOption();

  public BackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new BackupRun(session, this).run();
  }
}
