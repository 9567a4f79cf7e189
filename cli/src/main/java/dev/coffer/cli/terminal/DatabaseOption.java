package dev.coffer.cli.terminal;

import java.util.Optional;
import picocli.CommandLine.Option;

/** For commands that use a database. */
public final class DatabaseOption {
  @Option(
      names = {"-d", "--database"},
      paramLabel = "URL",
      description = {
        "postgresql://user@host:port/db, or host=... dbname=...",
        "Default: DATABASE_URL, then PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, ~/.pgpass."
      })
  private Optional<String> database = Optional.empty();

  public Optional<String> database() {
    return database;
  }
}
