package dev.coffer.server.access.portal;

import dev.coffer.server.ServerSettings;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether the admins of a protected application may sign in here. Off until an admin switches it
 * on: whoever can write the application's table of users could otherwise make themselves an admin
 * of its backups.
 */
@Component
public class PortalSignIn {
  private final ServerSettings settings;
  private final JdbcClient state;
  private final TransactionTemplate transaction;

  PortalSignIn(ServerSettings settings, JdbcClient state, TransactionTemplate transaction) {
    this.settings = settings;
    this.state = state;
    this.transaction = transaction;
  }

  /** The ids of the protected databases whose admins may sign in. */
  public List<String> databases() {
    List<String> on =
        state.sql("SELECT database_id FROM portal_sign_in").query(String.class).list();
    return settings.databases().stream().map(ServerSettings::idOf).filter(on::contains).toList();
  }

  public boolean isOn(String database) {
    return databases().contains(database);
  }

  public void set(String database, boolean on) {
    transaction.executeWithoutResult(status -> {
      state.sql("DELETE FROM portal_sign_in WHERE database_id = ?").param(database).update();
      if (on) {
        state.sql("INSERT INTO portal_sign_in VALUES (?)").param(database).update();
      }
    });
  }
}
