package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.SqlErrors;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a person what the server answered to a write (PostgreSQL manual, "PostgreSQL Error Codes").
 * The server's own words are repeated only where they hold no value.
 */
final class WriteErrors {
  private static final String NOTHING_CHANGED = "The database is as it was before.";

  /** Of a statement that the server does not understand, or that names what it does not have. */
  private static final Set<String> NOT_UNDERSTOOD =
      Set.of("42601", "42704", "42883", "42809", "42P17", "22023", "0A000", "42P02", "3F000");

  /** Of a table, column, type, function or schema that is not found. */
  private static final Set<String> UNRESOLVED = Set.of("42P01", "42703", "42704", "42883", "3F000");

  private final int sourceMajor;
  private final int targetMajor;

  WriteErrors(int sourceMajor, int targetMajor) {
    this.sourceMajor = sourceMajor;
    this.targetMajor = targetMajor;
  }

  /**
   * An exception for a person.
   *
   * @param what what could not be done, with its identifiers: {@code cannot create INDEX a}
   */
  CofferException translate(SQLException failure, String what) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    if (state.startsWith("23")) {
      return new CofferException(
          ErrorCode.CONSTRAINT_VIOLATED,
          what + ": the rows do not satisfy a constraint (SQLSTATE " + state + ")",
          NOTHING_CHANGED + " The server's log names the constraint and the row.",
          failure);
    }
    if (state.equals("53100")) {
      return new CofferException(
          ErrorCode.TARGET_FULL,
          what + ": the server's disk is full (SQLSTATE " + state + ")",
          NOTHING_CHANGED + " Make room on the server, then run it again.",
          failure);
    }
    if (state.equals("42501")) {
      return new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          SqlErrors.translate(failure, what).fact(),
          NOTHING_CHANGED + " Restore as a superuser, or as the owner of the database.",
          failure);
    }
    if (targetMajor < sourceMajor && NOT_UNDERSTOOD.contains(state)) {
      return new CofferException(
          ErrorCode.DATABASE_VERSION,
          "%s: it comes from PostgreSQL %d, and the server is PostgreSQL %d (SQLSTATE %s)"
              .formatted(what, sourceMajor, targetMajor, state),
          NOTHING_CHANGED + " Restore to PostgreSQL " + sourceMajor + " or later.",
          failure);
    }
    return unresolved(failure, what).orElseGet(() -> SqlErrors.translate(failure, what));
  }

  /** What to say where a name means nothing to the server: nobody has changed it meanwhile. */
  static Optional<CofferException> unresolved(SQLException failure, String what) {
    if (!UNRESOLVED.contains(Objects.requireNonNullElse(failure.getSQLState(), ""))) {
      return Optional.empty();
    }
    return Optional.of(
        new CofferException(
            ErrorCode.DATABASE_FAILED,
            SqlErrors.translate(failure, what).fact(),
            "Nothing was changed. A function that a table uses may name something without its schema:"
                + " Coffer restores with an empty search_path. Give that function SET search_path, in the"
                + " source as well. Or the server lacks an extension.",
            failure));
  }
}
