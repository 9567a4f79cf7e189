package dev.coffer.testkit;

import java.util.List;
import java.util.Map;

/** The distribution's {@code psql}: loads what a person would load by it. */
public final class Psql {
  private Psql() {}

  /** Runs a script, and stops at its first error. */
  public static Shell.Result run(TestDatabase database, String script) {
    List<String> command =
        List.of(
            Programs.named("psql"),
            "--no-psqlrc",
            "--quiet",
            "--no-align",
            "--tuples-only",
            "--set=ON_ERROR_STOP=1",
            "--file=-");
    return Shell.run(command, environment(database), script);
  }

  /** What libpq needs in order to reach a database. */
  static Map<String, String> environment(TestDatabase database) {
    return Map.of(
        "PGHOST", database.server().host(),
        "PGPORT", Integer.toString(database.server().port()),
        "PGUSER", database.server().user(),
        "PGPASSWORD", database.server().password(),
        "PGDATABASE", database.name(),
        "PGCLIENTENCODING", "UTF8");
  }
}
