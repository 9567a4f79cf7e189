package dev.coffer.server.access.portal;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.AccountTable;
import dev.coffer.profile.Profiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One look at a protected application's table of users, which its profile names. Changes nothing.
 */
final class PortalQuery implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final String PREPARE =
      "SET statement_timeout = 2000; SET lock_timeout = 2000; SET search_path = '';"
          + " SET default_transaction_read_only = on";
  private static final String TABLES =
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
          + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')";

  private final Connection connection;

  private PortalQuery(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects, with little patience.
   *
   * @throws dev.coffer.error.CofferException with a code of the {@code DATABASE_} family
   */
  static PortalQuery open(ConnectionSettings known) throws SQLException {
    ConnectionSettings hasty = known.impatient(CONNECT, ANSWER);
    PortalQuery query = new PortalQuery(hasty.open("coffer sign-in"));
    try (Statement statement = query.connection.createStatement()) {
      statement.execute(PREPARE);
    } catch (SQLException failure) {
      query.close();
      throw failure;
    }
    return query;
  }

  /** Where the users are; empty where no profile says so of this database. */
  Optional<AccountTable> table() throws SQLException {
    Set<QualifiedName> present = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        present.add(new QualifiedName(row.getString(1), row.getString(2)));
      }
    }
    return Profiles.choose(PortalProfiles.all(), present)
        .accounts()
        .filter(accounts -> present.contains(accounts.table()));
  }

  /** The only person of that name, whose capitals do not matter. */
  Optional<PortalPerson> find(String database, String name) throws SQLException {
    Optional<AccountTable> accounts = table();
    return accounts.isEmpty() ? Optional.empty() : find(database, name, accounts.get());
  }

  private Optional<PortalPerson> find(String database, String name, AccountTable accounts)
      throws SQLException {
    String sql =
        "SELECT t.%s::text, t.%s::text FROM %s t WHERE lower(t.%s::text COLLATE \"C\") = ? LIMIT 2"
            .formatted(
                Identifiers.quote(accounts.password()),
                Identifiers.quote(accounts.role()),
                accounts.table().sql(),
                Identifiers.quote(accounts.name()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String role = Objects.requireNonNullElse(row.getString(2), "");
        PortalPerson person =
            new PortalPerson(
                database,
                name,
                Objects.requireNonNullElse(row.getString(1), ""),
                role,
                accounts.admins().contains(role));
        return row.next() ? Optional.empty() : Optional.of(person);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
