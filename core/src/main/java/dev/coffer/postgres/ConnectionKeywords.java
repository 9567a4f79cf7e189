package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * The words that a connection string may have: libpq's (PostgreSQL 18 manual, "Parameter Key
 * Words"), and in URLs also those of the JDBC driver, and those that applications put there for
 * themselves: Prisma's, node-postgres's and Supabase's. Any other is misspelt, and without it
 * another database might be used, or one without encryption.
 */
final class ConnectionKeywords {
  /** Those that people write most come first: of two as near, the first is proposed. */
  private static final List<String> LIBPQ =
      List.of(
          "host",
          "port",
          "dbname",
          "user",
          "password",
          "sslmode",
          "sslrootcert",
          "connect_timeout",
          "options",
          "passfile",
          "hostaddr",
          "service",
          "sslcert",
          "sslkey",
          "sslpassword",
          "sslnegotiation",
          "channel_binding",
          "gssencmode",
          "application_name",
          "fallback_application_name",
          "client_encoding",
          "require_auth",
          "requirepeer",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout",
          "target_session_attrs",
          "load_balance_hosts",
          "replication",
          "sslcompression",
          "sslcertmode",
          "sslcrl",
          "sslcrldir",
          "sslsni",
          "sslkeylogfile",
          "ssl_min_protocol_version",
          "ssl_max_protocol_version",
          "min_protocol_version",
          "max_protocol_version",
          "krbsrvname",
          "gsslib",
          "gssdelegation",
          "scram_client_key",
          "scram_server_key",
          "oauth_issuer",
          "oauth_client_id",
          "oauth_client_secret",
          "oauth_scope");

  private static final List<String> APPLICATIONS =
      List.of(
          "schema",
          "connection_limit",
          "pool_timeout",
          "pgbouncer",
          "socket_timeout",
          "statement_cache_size",
          "single_use_connections",
          "max_connection_lifetime",
          "max_idle_connection_lifetime",
          "sslidentity",
          "sslaccept",
          "uselibpqcompat",
          "supa");

  /** What the driver and libpq spell differently and Coffer heeds. */
  private static final Map<String, String> LIBPQ_BY_DRIVER_NAME =
      Map.of(
          "ssl", "ssl",
          "connectTimeout", "connect_timeout",
          "sslNegotiation", "sslnegotiation",
          "channelBinding", "channel_binding",
          "gssEncMode", "gssencmode");

  /** They say where the database is, in a way that Coffer does not follow. */
  private static final Set<String> NOT_FOLLOWED =
      Set.of("PGHOST", "PGPORT", "PGDBNAME", "socketFactory", "socketFactoryArg");

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "database", "dbname",
          "db", "dbname",
          "pgdbname", "dbname",
          "username", "user",
          "server", "host",
          "pghost", "host",
          "pgport", "port",
          "timeout", "connect_timeout",
          "ssl", "sslmode",
          "tls", "sslmode");

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final int FAR = 3;

  private ConnectionKeywords() {}

  /**
   * Refuses a keyword that libpq does not know.
   *
   * @param before the keyword before it, or an empty string
   */
  static void require(String keyword, String before) {
    if (!LIBPQ.contains(keyword)) {
      throw unknown("keyword", keyword, before, LIBPQ);
    }
  }

  /**
   * libpq's name of a URL's parameter, where it has one; {@code ssl} is left to the caller.
   *
   * @param before the parameter before it, or an empty string
   */
  static String ofParameter(String parameter, String before) {
    boolean driver = PGProperty.forName(parameter) != null && !NOT_FOLLOWED.contains(parameter);
    if (!driver && !LIBPQ.contains(parameter) && !APPLICATIONS.contains(parameter)) {
      List<String> known = Stream.concat(LIBPQ.stream(), APPLICATIONS.stream()).toList();
      throw unknown("parameter", parameter, before, known);
    }
    return LIBPQ_BY_DRIVER_NAME.getOrDefault(parameter, parameter);
  }

  private static CofferException unknown(
      String what, String word, String before, List<String> known) {
    Optional<String> meant = WORD.matcher(word).matches() ? nearest(word, known) : Optional.empty();
    boolean mayBeOfThePassword = before.endsWith("password") && meant.isEmpty();
    String fact = "the database's connection string has an unknown " + what;
    if (mayBeOfThePassword) {
      return new CofferException(
          ErrorCode.USAGE,
          fact + " after " + before,
          "A password with spaces is written in quotes, password='…'; in a URL, a space, % and &"
              + " are written as %20, %25 and %26.");
    }
    return new CofferException(
        ErrorCode.USAGE,
        WORD.matcher(word).matches() ? fact + ": " + word : fact,
        meant.map(near -> "Did you mean " + near + "? ").orElse("")
            + "The usual ones are "
            + String.join(", ", LIBPQ.subList(0, 9))
            + "; the PostgreSQL manual has all of them under \"Parameter Key Words\".");
  }

  private static Optional<String> nearest(String word, List<String> known) {
    String plain = word.toLowerCase(Locale.ROOT);
    if (OTHER_NAMES.containsKey(plain)) {
      return Optional.of(OTHER_NAMES.getOrDefault(plain, ""));
    }
    int least = Math.min(FAR, 1 + plain.length() / 2);
    String nearest = "";
    for (String candidate : known) {
      int distance = distance(plain, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return Optional.of(nearest).filter(found -> !found.isEmpty());
  }

  /** How many letters have to be put in, left out or exchanged (Levenshtein). */
  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      int[] current = new int[above.length];
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int exchanged = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        int moved = Math.min(above[column], current[column - 1]) + 1;
        current[column] = Math.min(moved, above[column - 1] + exchanged);
      }
      above = current;
    }
    return above[other.length()];
  }
}
