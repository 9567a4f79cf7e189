package dev.coffer.server.keys;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.KeyChallenge;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Texts encrypted to a recipient, whose holder decrypts them elsewhere and brings the answer: the
 * key never leaves their hands. Each is good for one right answer, for a few wrong ones, and for
 * half an hour.
 */
@Component
public class KeyChallenges {
  private static final Duration GOOD_FOR = Duration.ofMinutes(30);
  private static final int WRONG_ANSWERS = 5;

  private final ServerSettings settings;
  private final JdbcClient state;
  private final KeyTests tests;
  private final AuditTrail audit;
  private final InstantSource clock;

  KeyChallenges(
      ServerSettings settings,
      JdbcClient state,
      KeyTests tests,
      AuditTrail audit,
      InstantSource clock) {
    this.settings = settings;
    this.state = state;
    this.tests = tests;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes one for the holder of a key, in place of an earlier one of the same person for it.
   *
   * @param recipient {@code age1…}, one of those that secrets are sealed to
   * @throws CofferException {@code KEY_INVALID} for any other
   */
  public Challenge create(String recipient, Actor actor) {
    Recipient known =
        KeyHome.at(settings.cofferHome()).recipients().stream()
            .filter(one -> one.toString().equals(recipient))
            .findFirst()
            .orElseThrow(() ->
                new CofferException(
                    ErrorCode.KEY_INVALID,
                    "nothing is locked to that key",
                    "Choose one of those that the settings list."));
    KeyChallenge made = KeyChallenge.forHolderOf(known);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Challenge challenge =
        new Challenge(
            UUID.randomUUID().toString(), recipient, made.text(), now, now.plus(GOOD_FOR));
    String who = Times.cut(actor.name(), 200);
    state
        .sql("DELETE FROM key_challenge WHERE expires_at <= ? OR (recipient = ? AND actor = ?)")
        .params(Times.parameter(now), recipient, who)
        .update();
    state
        .sql(
            """
            INSERT INTO key_challenge (id, recipient, challenge, answer_sha256, actor, created_at,
              expires_at, wrong_answers) VALUES (?, ?, ?, ?, ?, ?, ?, 0)\
            """)
        .params(
            challenge.id(),
            recipient,
            made.text(),
            made.answerHash(),
            who,
            Times.parameter(now),
            Times.parameter(challenge.expiresAt()))
        .update();
    return challenge;
  }

  /** One that can still be answered. */
  public Optional<Challenge> find(String id) {
    return state
        .sql("SELECT * FROM key_challenge WHERE id = ? AND expires_at > ?")
        .params(id, Times.parameter(clock.instant()))
        .query(KeyChallenges::challenge)
        .optional();
  }

  /**
   * Takes an answer, and remembers a right one.
   *
   * @throws CofferException {@code CONFIRMATION_WRONG} where it is not right, or where the
   *     challenge has been answered, has expired, or never was
   */
  public KeyTest answer(String id, String answer, Actor actor) {
    Challenge challenge =
        find(id)
            .orElseThrow(() ->
                refused(
                    "this test is over: it was answered, or it has expired", "Begin a new one."));
    boolean right =
        state
                .sql("DELETE FROM key_challenge WHERE id = ? AND answer_sha256 = ?")
                .params(id, KeyChallenge.hash(answer))
                .update()
            == 1;
    if (!right) {
      audit.append(
          actor, Action.KEY_TESTED, challenge.recipient(), "", Outcome.FAILED, "a wrong answer");
      throw wrong(id);
    }
    tests.passed(challenge.recipient(), actor.name(), KeyTest.Means.CHALLENGE);
    audit.append(
        actor,
        Action.KEY_TESTED,
        challenge.recipient(),
        "",
        Outcome.DONE,
        KeyTest.Means.CHALLENGE.words());
    return tests.last(challenge.recipient()).orElseThrow();
  }

  private CofferException wrong(String id) {
    state
        .sql("UPDATE key_challenge SET wrong_answers = wrong_answers + 1 WHERE id = ?")
        .param(id)
        .update();
    int over =
        state
            .sql("DELETE FROM key_challenge WHERE id = ? AND wrong_answers >= ?")
            .params(id, WRONG_ANSWERS)
            .update();
    return over > 0
        ? refused("that is not the answer, for the last time", "Begin a new test.")
        : refused(
            "that is not the answer",
            "Decrypt the text as shown, and bring the line of letters and digits that comes out.");
  }

  private static CofferException refused(String fact, String hint) {
    return new CofferException(ErrorCode.CONFIRMATION_WRONG, fact, hint);
  }

  private static Challenge challenge(ResultSet row, int number) throws SQLException {
    return new Challenge(
        row.getString("id"),
        row.getString("recipient"),
        row.getString("challenge"),
        Times.read(row, "created_at"),
        Times.read(row, "expires_at"));
  }
}
