package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.SqlErrors;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells what the server has against a write, by the names of constraints, never by values. */
final class ApplyErrors {
  private ApplyErrors() {}

  /** A piece of work that speaks SQL. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** The work's result; its failure as one for people. */
  static <T> T telling(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException failure) {
      throw translate(failure, what);
    }
  }

  static CofferException translate(SQLException failure, String what) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    Optional<ServerErrorMessage> message =
        failure instanceof PSQLException told
            ? Optional.ofNullable(told.getServerErrorMessage())
            : Optional.empty();
    if (state.startsWith("23")) {
      return new CofferException(
          ErrorCode.CONSTRAINT_VIOLATED,
          what + ": " + constraint(state, message),
          "Nothing was changed. The rows to be written do not fit the constraints that the database"
              + " has now: other rows stand in the way, or a constraint is newer than the backup.",
          failure);
    }
    if (state.equals("53100")) {
      return new CofferException(
          ErrorCode.TARGET_FULL,
          what + ": the server's disk is full (SQLSTATE " + state + ")",
          "Nothing was changed. Make room on the server, then run it again.",
          failure);
    }
    if (state.equals("55000")) {
      return new CofferException(
          ErrorCode.DATABASE_FAILED,
          SqlErrors.translate(failure, what).fact(),
          "Nothing was changed. A published table without a replica identity lets no rows go: ALTER"
              + " TABLE … REPLICA IDENTITY FULL gives it one.",
          failure);
    }
    CofferException told =
        WriteErrors.unresolved(failure, what).orElseGet(() -> SqlErrors.translate(failure, what));
    if (told.code() == ErrorCode.DATABASE_LOCKED) {
      return new CofferException(
          ErrorCode.DATABASE_LOCKED,
          told.fact(),
          "Nothing was changed. Others write to these tables: try again when they are done;"
              + " pg_stat_activity names the sessions.",
          failure);
    }
    if (told.code() == ErrorCode.DATABASE_PRIVILEGES) {
      return new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          told.fact(),
          "Nothing was changed. Restore as a superuser or as the owner of the tables.",
          failure);
    }
    return told;
  }

  private static String constraint(String state, Optional<ServerErrorMessage> message) {
    String kind =
        switch (state) {
          case "23502" -> "a column that must not be null would be";
          case "23503" -> "a foreign key is violated";
          case "23505" -> "a unique key is violated";
          case "23514" -> "a check constraint is violated";
          case "23P01" -> "an exclusion constraint is violated";
          default -> "a constraint is violated";
        };
    String name =
        message
            .flatMap(told ->
                Optional.ofNullable(told.getConstraint())
                    .or(() -> column(told))
                    .map(found -> " (" + found + table(told) + ")"))
            .orElse("");
    return kind + name + " (SQLSTATE " + state + ")";
  }

  private static String table(ServerErrorMessage message) {
    return Optional.ofNullable(message.getTable()).map(name -> " of table " + name).orElse("");
  }

  private static Optional<String> column(ServerErrorMessage message) {
    return Optional.ofNullable(message.getColumn());
  }
}
