package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * Tells a server's error to a person (PostgreSQL manual, "PostgreSQL Error Codes"). The server's
 * DETAIL and CONTEXT are never repeated, since they quote rows; its primary message only for states
 * whose messages name nothing but objects and the server's own state.
 */
public final class SqlErrors {
  private static final Set<String> CLASSES_WITHOUT_VALUES =
      Set.of("08", "28", "3D", "53", "54", "55", "57", "58");
  private static final Set<String> STATES_WITHOUT_VALUES =
      Set.of("42501", "42P01", "42703", "42883", "42704", "40001", "25006", "XX001", "XX002");

  private SqlErrors() {}

  /**
   * An exception for a person.
   *
   * @param what what could not be done, with its identifiers: {@code cannot read table sales}
   */
  public static CofferException translate(SQLException failure, String what) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    if (interrupted(failure)) {
      return new CofferException(ErrorCode.INTERRUPTED, what + ": interrupted", "", failure);
    }
    ErrorCode code = code(state);
    String fact = what + ": " + reason(failure, state, code);
    return new CofferException(code, fact, hint(state, code), failure);
  }

  private static boolean interrupted(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean byInterrupt =
          cause instanceof ClosedByInterruptException
              || (cause instanceof InterruptedIOException
                  && Thread.currentThread().isInterrupted());
      if (byInterrupt) {
        return true;
      }
    }
    return false;
  }

  private static ErrorCode code(String state) {
    return switch (state) {
      case "28P01", "28000" -> ErrorCode.DATABASE_AUTHENTICATION;
      case "3D000" -> ErrorCode.DATABASE_UNKNOWN;
      case "57P01", "57P02", "57P05", "25P03", "25P04" -> ErrorCode.DATABASE_LOST;
      case "57P03" -> ErrorCode.DATABASE_UNREACHABLE;
      case "55P03", "40P01" -> ErrorCode.DATABASE_LOCKED;
      case "42501" -> ErrorCode.DATABASE_PRIVILEGES;
      case "22021", "22P05" -> ErrorCode.VALUE_UNSUPPORTED;
      case "42P01", "42703", "42704", "42883", "3F000", "0A000" -> ErrorCode.DATABASE_CHANGED;
      default -> state.startsWith("08") ? ErrorCode.DATABASE_LOST : ErrorCode.DATABASE_FAILED;
    };
  }

  private static String reason(SQLException failure, String state, ErrorCode code) {
    String words =
        switch (code) {
          case DATABASE_LOST -> "the connection to the server was lost";
          case DATABASE_LOCKED -> "another session holds a lock on it";
          case VALUE_UNSUPPORTED -> "it holds text that cannot be told in UTF-8";
          default -> primaryMessage(failure, state);
        };
    return state.isEmpty() ? words : words + " (SQLSTATE " + state + ")";
  }

  /** The server's own sentence where its state never quotes a row, else that there is an error. */
  static String primaryMessage(SQLException failure, String state) {
    boolean harmless =
        STATES_WITHOUT_VALUES.contains(state)
            || (state.length() == 5 && CLASSES_WITHOUT_VALUES.contains(state.substring(0, 2)));
    if (harmless
        && failure instanceof PSQLException told
        && told.getServerErrorMessage() != null
        && told.getServerErrorMessage().getMessage() != null) {
      return Objects.requireNonNull(told.getServerErrorMessage().getMessage());
    }
    return "the server reports an error";
  }

  private static String hint(String state, ErrorCode code) {
    return switch (code) {
      case DATABASE_LOST ->
          "The server stopped or the network broke. Look into the server's log,"
              + " then run it again: nothing is left behind.";
      case DATABASE_LOCKED ->
          "A migration or maintenance may be under way. Try again when it is"
              + " over; pg_stat_activity names the sessions. coffer backup waits for longer with"
              + " --lock-timeout.";
      case DATABASE_PRIVILEGES ->
          "A role for backups needs: GRANT pg_read_all_data TO … (PostgreSQL"
              + " 14 and later), or USAGE on each schema and SELECT on each table and sequence.";
      case DATABASE_CHANGED -> "The structure was changed while the command ran. Run it again.";
      case DATABASE_AUTHENTICATION -> "Check the user and the password.";
      case DATABASE_UNKNOWN -> "psql -l lists the databases of a server.";
      case DATABASE_UNREACHABLE -> "Try again in a moment.";
      case VALUE_UNSUPPORTED ->
          "A database in SQL_ASCII takes bytes of any encoding. Repair the text, for example by"
              + " convert_from(…::bytea, 'LATIN1').";
      default -> hint(state);
    };
  }

  private static String hint(String state) {
    return switch (state) {
      case "53100" -> "The server's disk is full: make room there.";
      case "53200" -> "The server is out of memory: try again when it is less busy.";
      case "53300" ->
          "The server has no connection free: use fewer with --connections, or raise"
              + " max_connections.";
      case "40001" ->
          "On a standby, replay cancels long readings: raise"
              + " max_standby_streaming_delay or set hot_standby_feedback = on.";
      case "57014" ->
          "It took longer than --statement-timeout allows, or another session cancelled it.";
      case "XX001", "XX002" ->
          "The database itself is damaged. Its log names the files; keep older" + " backups.";
      default -> "The server's log has the whole message.";
    };
  }
}
