package dev.coffer.server.backups;

import dev.coffer.server.schedules.Outlook;
import java.util.List;
import java.util.Optional;

/**
 * The answer to 'am I protected?'.
 *
 * @param newest the newest backup that holds everything and can be used
 * @param proven the newest backup that holds everything and was restored on trial
 * @param freeBytes in the backups' folder; empty where it cannot be told
 * @param databaseProblem why the database cannot be used now
 * @param attention what somebody should look at, the gravest first
 */
public record Protection(
    Level level,
    String headline,
    String explanation,
    Optional<Backup> newest,
    String age,
    String database,
    Optional<Outlook.Next> next,
    Optional<Long> freeBytes,
    Optional<String> databaseProblem,
    Optional<Proven> proven,
    List<String> attention) {

  /**
   * A backup that was restored on trial.
   *
   * @param age of the backup
   * @param notProven what the trial could not show
   */
  public record Proven(Backup backup, String age, List<String> notProven) {}

  /** How well. */
  public enum Level {
    SAFE("green"),
    PARTLY("yellow"),
    NOT("red");

    private final String colour;

    Level(String colour) {
      this.colour = colour;
    }

    public String colour() {
      return colour;
    }
  }
}
