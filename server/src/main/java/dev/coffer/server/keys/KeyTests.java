package dev.coffer.server.keys;

import dev.coffer.error.CofferException;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.state.Times;
import dev.coffer.server.web.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** When it was last shown that somebody still holds a key, and whether that is too long ago. */
@Component
public class KeyTests {
  /** A key that was not tried for this long is a hope. */
  public static final Duration GOOD_FOR = Duration.ofDays(90);

  private final ServerSettings settings;
  private final JdbcClient state;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final Words words;

  KeyTests(
      ServerSettings settings,
      JdbcClient state,
      TransactionTemplate transaction,
      InstantSource clock,
      Words words) {
    this.settings = settings;
    this.state = state;
    this.transaction = transaction;
    this.clock = clock;
    this.words = words;
  }

  public Optional<KeyTest> last(String recipient) {
    return state
        .sql("SELECT * FROM key_test WHERE recipient = ?")
        .param(recipient)
        .query(KeyTests::test)
        .optional();
  }

  public void passed(String recipient, String actor, KeyTest.Means means) {
    Instant now = clock.instant();
    transaction.executeWithoutResult(status -> {
      state.sql("DELETE FROM key_test WHERE recipient = ?").param(recipient).update();
      state
          .sql("INSERT INTO key_test (recipient, tested_at, actor, means) VALUES (?, ?, ?, ?)")
          .params(recipient, Times.parameter(now), Times.cut(actor, 200), means.name())
          .update();
    });
  }

  public boolean isDue(Optional<KeyTest> test) {
    return test.map(passed -> passed.at().plus(GOOD_FOR).isBefore(clock.instant())).orElse(true);
  }

  /**
   * Sentences on what somebody should look at: that of all keys to which secrets are sealed, none
   * was shown to be held lately.
   */
  public List<String> attention() {
    List<Optional<KeyTest>> tests = recipients().stream().map(this::last).toList();
    if (tests.stream().anyMatch(test -> !isDue(test))) {
      return List.of();
    }
    Optional<Instant> newest =
        tests.stream().flatMap(Optional::stream).map(KeyTest::at).max(Instant::compareTo);
    if (newest.isPresent()) {
      return List.of(
          "Nobody has shown for "
              + words.age(Duration.between(newest.get(), clock.instant()))
              + " that the key to passwords and bank details is still there. Test it under"
              + " Settings.");
    }
    return tests.isEmpty()
        ? List.of()
        : List.of(
            "Nobody has shown yet that the key to passwords and bank details is kept somewhere. Test"
                + " it under Settings.");
  }

  private List<String> recipients() {
    try {
      return KeyHome.at(settings.cofferHome()).recipients().stream()
          .map(Recipient::toString)
          .toList();
    } catch (CofferException unreadable) {
      // The page of settings says so, and so does the next backup.
      return List.of();
    }
  }

  private static KeyTest test(ResultSet row, int number) throws SQLException {
    return new KeyTest(
        row.getString("recipient"),
        Times.read(row, "tested_at"),
        row.getString("actor"),
        KeyTest.Means.valueOf(row.getString("means")));
  }
}
