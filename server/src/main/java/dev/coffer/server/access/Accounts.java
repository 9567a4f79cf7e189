package dev.coffer.server.access;

import dev.coffer.server.state.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The local accounts. */
@Component
class Accounts {
  private final JdbcClient state;
  private final PasswordEncoder encoder;
  private final InstantSource clock;

  Accounts(JdbcClient state, PasswordEncoder encoder, InstantSource clock) {
    this.state = state;
    this.encoder = encoder;
    this.clock = clock;
  }

  /** A name as it is stored and compared. */
  static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  List<Account> all() {
    return state.sql("SELECT * FROM account ORDER BY name").query(Accounts::account).list();
  }

  Optional<Account> byName(String name) {
    return state
        .sql("SELECT * FROM account WHERE name = ?")
        .param(normal(name))
        .query(Accounts::account)
        .optional();
  }

  Optional<Account> byId(long id) {
    return state
        .sql("SELECT * FROM account WHERE id = ?")
        .param(id)
        .query(Accounts::account)
        .optional();
  }

  /** Whoever else asks for this waits until the caller's transaction is over. */
  void lockAdmins() {
    var _ =
        state
            .sql("SELECT id FROM account WHERE role = ? ORDER BY id FOR UPDATE")
            .param(Role.ADMIN.name())
            .query(Long.class)
            .list();
  }

  /** Adds an account whose password its owner has to replace; false where the name is taken. */
  boolean create(String name, Role role, String password) {
    try {
      state
          .sql(
              """
              INSERT INTO account (name, password, role, must_change, enabled, revision, created_at)
              VALUES (?, ?, ?, TRUE, TRUE, 0, ?)\
              """)
          .params(
              normal(name), encoder.encode(password), role.name(), Times.parameter(clock.instant()))
          .update();
      return true;
    } catch (DuplicateKeyException taken) {
      return false;
    }
  }

  /** Sets a password, which ends the account's sessions. */
  void setPassword(long id, String password, boolean mustChange) {
    state
        .sql(
            "UPDATE account SET password = ?, must_change = ?, revision = revision + 1 WHERE id = ?")
        .params(encoder.encode(password), mustChange, id)
        .update();
  }

  /** Changes what an account may do, which ends its sessions. */
  void setAccess(long id, Role role, boolean enabled) {
    state
        .sql("UPDATE account SET role = ?, enabled = ?, revision = revision + 1 WHERE id = ?")
        .params(role.name(), enabled, id)
        .update();
  }

  void signedIn(long id) {
    state
        .sql("UPDATE account SET last_sign_in = ? WHERE id = ?")
        .params(Times.parameter(clock.instant()), id)
        .update();
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getLong("id"),
        row.getString("name"),
        row.getString("password"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("must_change"),
        row.getBoolean("enabled"),
        row.getInt("revision"),
        Times.read(row, "created_at"),
        Times.readOptional(row, "last_sign_in"));
  }
}
