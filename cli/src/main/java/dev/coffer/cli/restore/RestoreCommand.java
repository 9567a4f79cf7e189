package dev.coffer.cli.restore;

import dev.coffer.cli.terminal.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer restore}. */
@Command(
    name = "restore",
    description = "Put a database, some tables or one record back to what a backup says.",
    footer = {
      "",
      "Shows what would be done. With --confirm and the database's name it is done: a safety backup",
      "is taken first, everything happens in one transaction, and 'coffer undo' takes it back.",
      "",
      "Examples:",
      "  coffer restore latest --database postgresql://user@host/portal --dry-run",
      "  coffer restore latest --database postgresql://user@host/portal --confirm portal",
      "  coffer restore latest --table sales --mode missing --confirm portal",
      "  coffer restore latest --customer \"customer42@mail.example\" --dry-run"
    })
public final class RestoreCommand implements Callable<Integer> {

  /** The words for {@code --mode}. */
  enum How {
    EXACT,
    MERGE,
    MISSING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = {
        "A file, its name as 'coffer list' shows it, or latest: the newest that is not a",
        "safety backup."
      })
  String backup = "";

  @Mixin final ChangeOptions change = new ChangeOptions();

  @Option(
      names = {"-m", "--mode"},
      paramLabel = "exact|merge|missing",
      description = {
        "exact: the database becomes equal to the backup (the default; for records: missing).",
        "merge: rows that only the database has stay. missing: only rows that are gone come back."
      })
  Optional<How> mode = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by its name in the backup; may be given repeatedly.")
  List<String> tables = List.of();

  @Option(
      names = "--record",
      paramLabel = "TABLE/ID",
      description = {
        "Only this row, what depends on it, and what it needs; may be given repeatedly."
      })
  List<String> records = List.of();

  @Option(
      names = "--customer",
      paramLabel = "TEXT",
      description = {
        "The same for a customer, by what the profile says one is found by: an e-mail",
        "address, a telephone number."
      })
  List<String> customers = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = {
        "Connections that load into an empty database. Default: ${DEFAULT-VALUE}, in one",
        "transaction; more are faster, and a run that is killed leaves a part."
      })
  int jobs = 1;

  @Option(
      names = "--take-over",
      description = {
        "For records: change rows back that belong to another record now, or whose key was taken",
        "again, and delete rows that use a unique value, unless others refer to them. Goes with",
        "--mode merge (the default then) or exact."
      })
  boolean takeOver;

  @Option(
      names = "--skip-bad-rows",
      description = {
        "For files of the earlier system: leave rows out whose values the database does not take,",
        "and name them. Not with --mode exact."
      })
  boolean skipBadRows;

  public RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new RestoreRun(session, this).run();
  }
}
