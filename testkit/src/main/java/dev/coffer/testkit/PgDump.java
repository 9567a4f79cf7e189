package dev.coffer.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the distribution's {@code pg_dump} says of a database: the judge of whether two are equal.
 * It refuses servers of a newer release than its own.
 */
public final class PgDump {
  private PgDump() {}

  public static String schema(TestDatabase database) {
    return dump(database, "--schema-only");
  }

  public static String data(TestDatabase database) {
    return dump(database, "--data-only");
  }

  public static String everything(TestDatabase database) {
    return dump(database);
  }

  /** A dump in plain text, less the lines that differ between two dumps of the same database. */
  public static String dump(TestDatabase database, String... options) {
    List<String> command = new ArrayList<>(List.of(Programs.named("pg_dump")));
    command.addAll(List.of(options));
    command.add(database.name());
    String text = Shell.run(command, Psql.environment(database), "").check().out();
    return text.lines()
        .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
        .filter(line -> !line.startsWith("-- Dumped from") && !line.startsWith("-- Dumped by"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
