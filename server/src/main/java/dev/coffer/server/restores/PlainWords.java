package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import java.util.Locale;

/** What went wrong, for people at a page: a heading that says it, and what to do. */
public record PlainWords(String heading, String fact, String advice) {

  /** The failure without what only a command line could do. */
  static CofferException told(CofferException failure) {
    PlainWords words = of(failure);
    return new CofferException(failure.code(), failure.fact(), words.advice(), failure);
  }

  static PlainWords of(CofferException failure) {
    return new PlainWords(heading(failure), sentence(failure.fact()), advice(failure));
  }

  private static String heading(CofferException failure) {
    if (failure.hint().startsWith(RealEnd.CHANGED)) {
      return "The database was changed, but something went wrong after it";
    }
    if (failure.hint().startsWith(RealEnd.UNKNOWN)) {
      return "It is not known how it ended";
    }
    return switch (failure.code()) {
      case PLAN_STALE -> "The database has changed since this plan was made";
      case ROWS_CHANGED_SINCE -> "Records have changed since then: it cannot be undone";
      case RESTORE_RUNNING -> "Another restore is under way";
      case CONFIRMATION_WRONG -> "That is not the database's name";
      case KEY_NEEDED -> "The key is needed";
      case KEY_DOES_NOT_OPEN -> "That is not the key of this backup";
      case KEY_INVALID -> "That is not a key";
      case BACKUP_DAMAGED, BACKUP_NOT_AUTHENTIC, NOT_A_BACKUP, BACKUP_TOO_NEW ->
          "This backup cannot be relied on";
      case BACKUP_NOT_FOUND -> "The backup is not there";
      case TABLE_NOT_FOUND -> "The backup has no such table";
      case RECORD_NOT_FOUND -> "The backup does not hold that record";
      case RECORD_AMBIGUOUS -> "Several records fit";
      case RESTORE_NOT_FOUND -> "It cannot be undone";
      case DATABASE_PRIVILEGES -> "The database does not allow it";
      case DATABASE_UNREACHABLE, DATABASE_AUTHENTICATION, DATABASE_UNKNOWN ->
          "The database does not answer";
      case DATABASE_LOCKED -> "Others are writing to the database";
      case DATABASE_LOST -> "The connection to the database was lost";
      case SCHEMA_DIFFERS -> "The tables are not made as they were then";
      case CONSTRAINT_VIOLATED -> "The records do not fit the database's rules";
      default -> "It could not be done";
    };
  }

  private static String advice(CofferException failure) {
    String told = failure.hint();
    if (told.startsWith(RealEnd.CHANGED) || told.startsWith(RealEnd.UNKNOWN)) {
      return told;
    }
    return switch (failure.code()) {
      case PLAN_STALE ->
          "Nothing was changed. Make the plan again, and look at it once more. Where people work"
              + " all the time, restore fewer tables, or ask them to stop for a moment.";
      case ROWS_CHANGED_SINCE ->
          "Nothing was changed. The safety backup holds all records as they were: you can restore"
              + " from it as from any other backup.";
      case RESTORE_RUNNING ->
          "Nothing was changed. Wait until it is over, then make the plan again.";
      case CONFIRMATION_WRONG -> "Nothing was changed. Type it just as it is shown.";
      case KEY_NEEDED ->
          "Nothing was changed. Give the key that opens passwords and bank details, or say that you"
              + " go on without it.";
      case KEY_DOES_NOT_OPEN ->
          "Nothing was changed. Take the key that belongs to the recipient named here.";
      case KEY_INVALID ->
          "Nothing was changed. A key is a line that begins with AGE-SECRET-KEY-1; give all of it.";
      case BACKUP_DAMAGED, NOT_A_BACKUP -> "Nothing was changed. Choose another backup.";
      case BACKUP_NOT_AUTHENTIC ->
          "Nothing was changed. If it is genuine, its signer's public key belongs among the trusted"
              + " ones on the server.";
      case BACKUP_TOO_NEW -> "Nothing was changed. Use a newer Coffer.";
      case RECORD_NOT_FOUND ->
          "Nothing was changed. Check the spelling, or look into another backup.";
      case RECORD_AMBIGUOUS -> "Nothing was changed. Choose one of them by its id.";
      case DATABASE_UNREACHABLE, DATABASE_AUTHENTICATION, DATABASE_UNKNOWN ->
          "Nothing was changed. Try again when it answers.";
      case DATABASE_PRIVILEGES -> privileges(failure.hint());
      case DATABASE_LOCKED -> "Nothing was changed. Try again in a quiet moment.";
      case DATABASE_LOST ->
          "Whether it was completed only the database knows. The list of restores asks it.";
      case USAGE -> {
        String hint = failure.hint();
        yield hint.contains("--") ? "Nothing was changed. Choose tables, or another way." : hint;
      }
      default -> {
        String hint = failure.hint().replaceAll("'coffer [^']*'", "the command line");
        yield hint.startsWith("Nothing was changed")
            ? hint
            : ("Nothing was changed. " + hint).strip();
      }
    };
  }

  /** With the statements that mend it, where the engine knows them. */
  private static String privileges(String hint) {
    int statements = hint.indexOf('\n');
    return "Nothing was changed. "
        + (statements < 0
            ? "Whoever looks after the database can grant what is listed here."
            : "This mends it. Have it run by whoever runs the database:"
                + hint.substring(statements));
  }

  private static String sentence(String fact) {
    if (fact.isEmpty()) {
      return "";
    }
    String sentence = fact.substring(0, 1).toUpperCase(Locale.ROOT) + fact.substring(1);
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
