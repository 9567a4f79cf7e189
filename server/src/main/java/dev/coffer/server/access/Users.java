package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.web.Refused;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Adds users and changes what they may do. What is refused says in its hint what to do. */
@Component
class Users {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

  private final Accounts accounts;
  private final Tokens tokens;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  Users(Accounts accounts, Tokens tokens, AuditTrail audit, TransactionOperations transaction) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** An account and its new password, which is shown once. */
  record Welcome(Account account, String password) {
    /** Not the password. */
    @Override
    public String toString() {
      return account.name();
    }
  }

  /**
   * Adds a user.
   *
   * @throws Refused for a name that cannot be one, or that is taken
   */
  Welcome create(String name, Role role, Actor actor) {
    String normal = Accounts.normal(name);
    if (!NAME.matcher(normal).matches()) {
      throw Refused.invalid(
          "the name cannot be one of a user",
          "Use an e-mail address or a short name of letters and digits.");
    }
    String password = Passwords.random();
    if (!accounts.create(normal, role, password)) {
      throw new Refused(
          409, "NAME_TAKEN", "the name is taken", "There is a user of that name already.");
    }
    audit.done(actor, Action.USER_CREATED, normal, role.words());
    return new Welcome(accounts.byName(normal).orElseThrow(), password);
  }

  /**
   * Changes what a user may do, which ends the user's sessions.
   *
   * @throws Refused for one that is not there, and for the last admin
   */
  Account setAccess(long id, Role role, boolean enabled, Actor actor) {
    transaction.executeWithoutResult(status -> {
      accounts.lockAdmins();
      setAccessAlone(id, role, enabled, actor);
    });
    return known(id);
  }

  private void setAccessAlone(long id, Role role, boolean enabled, Actor actor) {
    Account account = known(id);
    boolean leavesAdmin = (role == Role.ADMIN && enabled) || otherAdmin(id);
    if (!leavesAdmin) {
      throw new Refused(
          409, "LAST_ADMIN", "this is the last admin", "One admin at least has to remain.");
    }
    accounts.setAccess(id, role, enabled);
    audit.done(
        actor,
        Action.USER_CHANGED,
        account.name(),
        role.words() + (enabled ? "" : ", may not sign in"));
  }

  /**
   * Gives a user a new password, to be replaced at the next sign-in, and revokes the user's tokens:
   * whoever knew the password may have made some.
   *
   * @throws Refused for one that is not there
   */
  Welcome renewPassword(long id, Actor actor) {
    Account account = known(id);
    String password = Passwords.random();
    transaction.executeWithoutResult(status -> {
      accounts.setPassword(id, password, true);
      audit.done(actor, Action.PASSWORD_CHANGED, account.name(), "set by an admin");
      for (String token : tokens.revokeOf(id)) {
        audit.done(actor, Action.TOKEN_REVOKED, token, "with the password of " + account.name());
      }
    });
    return new Welcome(account, password);
  }

  /**
   * A user.
   *
   * @throws Refused for one that is not there
   */
  Account known(long id) {
    return accounts
        .byId(id)
        .orElseThrow(() ->
            new Refused(
                404, "NOT_FOUND", "there is no such user", "There is no such user any more."));
  }

  private boolean otherAdmin(long id) {
    return accounts.all().stream()
        .anyMatch(other -> other.id() != id && other.enabled() && other.role() == Role.ADMIN);
  }
}
