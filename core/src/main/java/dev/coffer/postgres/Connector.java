package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;

/** Opens connections by pgjdbc and tells why one could not be opened. */
final class Connector {
  /** The server's function that looks whether a role exists and may log in. */
  private static final String ROLE_CHECK = "InitializeSessionUserId";

  private final ConnectionSettings settings;

  Connector(ConnectionSettings settings) {
    this.settings = settings;
  }

  Connection open(String applicationName) {
    try {
      return Objects.requireNonNull(new Driver().connect(url(), properties(applicationName)));
    } catch (SQLException failure) {
      throw told(failure);
    }
  }

  DataSource dataSource(String applicationName) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      open(applicationName).close();
      source.setUrl(url());
      Properties properties = properties(applicationName);
      for (String name : properties.stringPropertyNames()) {
        source.setProperty(name, properties.getProperty(name));
      }
      return source;
    } catch (SQLException failure) {
      throw told(failure);
    }
  }

  private String url() {
    return "jdbc:postgresql://"
        + (settings.socket().isPresent() ? "localhost" : settings.bracketed())
        + ":"
        + settings.port()
        + "/"
        + URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
  }

  private Properties properties(String applicationName) {
    Properties properties = new Properties();
    properties.putAll(settings.parameters());
    properties.setProperty("user", settings.user());
    // Never absent: the driver would look for a password file of its own, without libpq's rules.
    properties.setProperty("password", settings.password().orElse(""));
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("assumeMinServerVersion", "9.4");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", KeepAliveSocketFactory.class.getName());
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("logServerErrorDetail", "false");
    String seconds = Long.toString(settings.connectTimeout().toSeconds());
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    settings
        .socket()
        .ifPresent(file -> {
          properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
          properties.setProperty("socketFactoryArg", file.toString());
        });
    return properties;
  }

  private CofferException told(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "28P01" -> passwordRefused(failure);
      case "28000" -> notLetIn(failure);
      case "3D000" ->
          error(
              ErrorCode.DATABASE_UNKNOWN,
              "the server at "
                  + settings.address()
                  + " has no database \""
                  + settings.database()
                  + "\"",
              "psql -l lists the databases of a server; names are case-sensitive.",
              failure);
      case "42501" ->
          error(
              ErrorCode.DATABASE_PRIVILEGES,
              "user \""
                  + settings.user()
                  + "\" may not connect to database \""
                  + settings.database()
                  + "\" of the server at "
                  + settings.address(),
              "As a superuser, run:\n  GRANT CONNECT ON DATABASE "
                  + Identifiers.quote(settings.database())
                  + " TO "
                  + Identifiers.quote(settings.user())
                  + ";",
              failure);
      case "57P03" ->
          unreachable("is starting up or shutting down", "Try again in a moment.", failure);
      case "08004" -> rejected(failure);
      default ->
          state.startsWith("08")
              ? notReached(failure)
              : SqlErrors.translate(failure, "cannot connect to " + settings);
    };
  }

  private CofferException passwordRefused(SQLException failure) {
    return authentication(
        "",
        settings.password().isEmpty()
            ? "No password was given: use PGPASSWORD or ~/.pgpass."
            : "Check the user and the password.",
        failure);
  }

  /** Here no password was asked for, or it was right: the server's own words tell why. */
  private CofferException notLetIn(SQLException failure) {
    boolean role =
        failure instanceof PSQLException told
            && told.getServerErrorMessage() != null
            && ROLE_CHECK.equals(told.getServerErrorMessage().getRoutine());
    String user = Identifiers.quote(settings.user());
    return authentication(
        ": " + SqlErrors.primaryMessage(failure, "28000"),
        role
            ? "Check the user's name, which is case-sensitive. A superuser makes a role by"
                + " CREATE ROLE "
                + user
                + " LOGIN, and lets one log in by ALTER ROLE "
                + user
                + " LOGIN."
            : "The server's pg_hba.conf has to let this user into this database from here.",
        failure);
  }

  private CofferException authentication(String why, String hint, SQLException failure) {
    StringBuilder notices = new StringBuilder();
    settings.notices().forEach(notice -> notices.append("Note: ").append(notice).append(". "));
    return error(
        ErrorCode.DATABASE_AUTHENTICATION,
        "the server at "
            + settings.address()
            + " does not let user \""
            + settings.user()
            + "\" into database \""
            + settings.database()
            + "\""
            + why,
        notices + hint,
        failure);
  }

  /** The driver's state for a missing password, and for a server without encryption. */
  private CofferException rejected(SQLException failure) {
    // The driver tells these apart by its message alone, in the language of this machine.
    if (!GT.tr("The server does not support SSL.").equals(failure.getMessage())) {
      return passwordRefused(failure);
    }
    return unreachable(
        "does not support SSL, but sslmode="
            + settings.parameters().getOrDefault("sslmode", "prefer")
            + " requires it",
        "Set ssl = on in the server's configuration, with a certificate; or, only where you trust"
            + " every machine in between, use sslmode=prefer, which goes on without encryption.",
        failure);
  }

  private CofferException notReached(SQLException failure) {
    if (settings.socket().isPresent()) {
      return unreachable(
          "does not answer",
          "Check that a server runs there and that you may write to the socket's folder.",
          failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException unknown -> {
          return unreachable(
              "cannot be found: the host name is unknown", "Check the host's spelling.", failure);
        }
        case ConnectException refused -> {
          return unreachable(
              "does not answer",
              "Check that PostgreSQL runs there, listens on that address (listen_addresses) and"
                  + " port, and that no firewall stands between.",
              failure);
        }
        case SocketTimeoutException silence -> {
          return silent(failure);
        }
        case SSLException encryption -> {
          return unreachable(
              "does not agree on an encrypted connection",
              "Check sslmode and sslrootcert: the server's certificate may be expired, for another"
                  + " name, or signed by someone not trusted here.",
              failure);
        }
        default -> {}
      }
    }
    return silent(failure);
  }

  private CofferException silent(SQLException failure) {
    return unreachable(
        "gave no answer a PostgreSQL server gives, within "
            + settings.connectTimeout().toSeconds()
            + " s",
        "Check host, port and firewalls; connect_timeout=SECONDS in the URL waits longer.",
        failure);
  }

  private CofferException unreachable(String what, String hint, SQLException failure) {
    return error(
        ErrorCode.DATABASE_UNREACHABLE,
        "the server at " + settings.address() + " " + what,
        hint,
        failure);
  }

  private static CofferException error(
      ErrorCode code, String fact, String hint, SQLException failure) {
    return new CofferException(code, fact, hint, failure);
  }
}
