package dev.coffer.server.access;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.state.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tokens: {@code coffer_<id>_<secret>}. The secret is 256 random bits, so its plain SHA-256 is
 * stored: there is nothing to guess that a slow hash would protect.
 */
@Component
class Tokens {
  private static final String PREFIX = "coffer_";
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient state;
  private final Accounts accounts;
  private final InstantSource clock;

  Tokens(JdbcClient state, Accounts accounts, InstantSource clock) {
    this.state = state;
    this.accounts = accounts;
    this.clock = clock;
  }

  private record Stored(long accountId, String hash, Token token) {}

  List<Token> all() {
    return state
        .sql(
            """
            SELECT token.*, account.name AS account FROM token
            JOIN account ON account.id = token.account_id ORDER BY token.created_at DESC\
            """)
        .query((row, number) -> stored(row).token())
        .list();
  }

  /** A token that was just made, and its text, which is stored nowhere. */
  record Made(Token token, String text) {
    /** Not the text. */
    @Override
    public String toString() {
      return token.toString();
    }
  }

  /**
   * Makes a token.
   *
   * @param latest when it expires at the latest, where there is such a time
   * @throws CofferException {@code USAGE} for somebody who has no account here: a token that
   *     outlives what the portal says of its owner would be a way around it
   */
  Made create(
      long accountId, String name, Scope scope, Duration lifetime, Optional<Instant> latest) {
    if (accountId == 0) {
      throw new CofferException(
          ErrorCode.USAGE,
          "an account of the portal cannot own tokens",
          "Sign in with an account of Coffer's own, and make the token there.");
    }
    String id = HexFormat.of().formatHex(random(ID_BYTES));
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    Instant now = clock.instant();
    Instant wanted = now.plus(lifetime);
    Instant expires = latest.filter(limit -> limit.isBefore(wanted)).orElse(wanted);
    state
        .sql(
            """
            INSERT INTO token (id, account_id, name, scope, secret_sha256, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """)
        .params(
            id,
            accountId,
            name,
            scope.name(),
            hash(secret),
            Times.parameter(now),
            Times.parameter(expires))
        .update();
    return new Made(byId(id).orElseThrow(), PREFIX + id + "_" + secret);
  }

  private Optional<Token> byId(String id) {
    return state
        .sql(
            """
            SELECT token.*, account.name AS account FROM token
            JOIN account ON account.id = token.account_id WHERE token.id = ?\
            """)
        .param(id)
        .query((row, number) -> stored(row).token())
        .optional();
  }

  /** Revokes a token; gives its name. */
  Optional<String> revoke(String id) {
    Optional<String> name =
        state.sql("SELECT name FROM token WHERE id = ?").param(id).query(String.class).optional();
    state.sql("DELETE FROM token WHERE id = ?").param(id).update();
    return name;
  }

  /** Revokes all that an account made; gives their names. */
  List<String> revokeOf(long accountId) {
    List<String> names =
        state
            .sql("SELECT name FROM token WHERE account_id = ? ORDER BY created_at")
            .param(accountId)
            .query(String.class)
            .list();
    state.sql("DELETE FROM token WHERE account_id = ?").param(accountId).update();
    return names;
  }

  /** What a token's text stands for; empty for one that is wrong, expired or its account's past. */
  Optional<SignedIn> open(String text) {
    int end = text.indexOf('_', PREFIX.length());
    if (!text.startsWith(PREFIX) || end < 0) {
      return Optional.empty();
    }
    String id = text.substring(PREFIX.length(), end);
    Instant now = clock.instant();
    Optional<Stored> stored =
        state
            .sql(
                """
                SELECT token.*, account.name AS account FROM token
                JOIN account ON account.id = token.account_id WHERE token.id = ?\
                """)
            .param(id)
            .query((row, number) -> stored(row))
            .optional()
            .filter(found -> now.isBefore(found.token().expiresAt()))
            .filter(found -> equal(found.hash(), hash(text.substring(end + 1))));
    Optional<SignedIn> opened = stored.flatMap(this::signedIn);
    if (opened.isPresent()) {
      state
          .sql("UPDATE token SET last_used = ? WHERE id = ?")
          .params(Times.parameter(now), id)
          .update();
    }
    return opened;
  }

  private Optional<SignedIn> signedIn(Stored stored) {
    return accounts
        .byId(stored.accountId())
        .filter(Account::enabled)
        .map(account ->
            new SignedIn(
                account.id(),
                account.name(),
                account.role(),
                account.revision(),
                false,
                Optional.of(stored.token()),
                both(account.role().permissions(), stored.token().scope().permissions()),
                Optional.empty()));
  }

  private static Set<Permission> both(Set<Permission> account, Set<Permission> token) {
    EnumSet<Permission> both = EnumSet.noneOf(Permission.class);
    both.addAll(account);
    both.retainAll(token);
    return both;
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getLong("account_id"),
        row.getString("secret_sha256"),
        new Token(
            row.getString("id"),
            row.getString("name"),
            row.getString("account"),
            Scope.valueOf(row.getString("scope")),
            Times.read(row, "created_at"),
            Times.read(row, "expires_at"),
            Times.readOptional(row, "last_used")));
  }
}
