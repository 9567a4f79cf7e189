package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.access.portal.PortalAccounts;
import dev.coffer.server.access.portal.PortalSignIn;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import org.springframework.stereotype.Component;

/** Lets the admins of a protected application sign in, or no longer. */
@Component
class PortalSwitch {
  private final DatabaseStates databases;
  private final PortalAccounts accounts;
  private final PortalSignIn signIn;
  private final AuditTrail audit;

  PortalSwitch(
      DatabaseStates databases, PortalAccounts accounts, PortalSignIn signIn, AuditTrail audit) {
    this.databases = databases;
    this.accounts = accounts;
    this.signIn = signIn;
    this.audit = audit;
  }

  /**
   * @throws CofferException {@code USAGE} for a database that is not protected, or in which no
   *     profile knows users; of the {@code DATABASE_} family where it cannot be asked
   */
  void set(String database, boolean on, Actor actor) {
    ConnectionSettings known = databases.database(database);
    if (on && accounts.table(known).isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "Coffer knows no table of users in this database",
          "A profile has to name it: docs/profiles.md, 'accounts'.");
    }
    signIn.set(database, on);
    audit.append(
        actor,
        Action.SETTINGS_CHANGED,
        database,
        "",
        Outcome.DONE,
        "sign-in with the portal's accounts: " + (on ? "on" : "off"));
  }
}
