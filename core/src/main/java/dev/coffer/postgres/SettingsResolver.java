package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills in what a connection string leaves open, in libpq's order. */
final class SettingsResolver {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("host", "PGHOST"),
          Map.entry("port", "PGPORT"),
          Map.entry("user", "PGUSER"),
          Map.entry("password", "PGPASSWORD"),
          Map.entry("dbname", "PGDATABASE"),
          Map.entry("passfile", "PGPASSFILE"),
          Map.entry("service", "PGSERVICE"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("gssencmode", "PGGSSENCMODE"),
          Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
          Map.entry("options", "PGOPTIONS"));
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "sslpassword", "sslpassword",
          "sslnegotiation", "sslNegotiation",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "options", "options");

  private final Map<String, String> environment;
  private final Path home;
  private final List<Path> socketFolders;

  SettingsResolver(Map<String, String> environment, Path home, List<Path> socketFolders) {
    this.environment = environment;
    this.home = home;
    this.socketFolders = socketFolders;
  }

  ConnectionSettings resolve(Optional<String> databaseOption) {
    Map<String, String> given = new HashMap<>();
    VARIABLES.forEach(
        (keyword, variable) -> variable(variable).ifPresent(value -> given.put(keyword, value)));
    databaseOption
        .or(() -> variable("DATABASE_URL"))
        .map(ConnectionText::parse)
        .ifPresent(given::putAll);
    if (given.containsKey("service")) {
      throw new CofferException(
          ErrorCode.USAGE,
          "connection services (service=, PGSERVICE) are not supported",
          "Unset PGSERVICE and give the server by --database, DATABASE_URL or PGHOST.");
    }
    int port = number(given, "port", 5432, 1, 65535);
    String host = one(given.getOrDefault("hostaddr", given.getOrDefault("host", "")));
    if (host.isEmpty()) {
      host = usualHost(port);
    }
    String user = given.getOrDefault("user", System.getProperty("user.name", "postgres"));
    String database = given.getOrDefault("dbname", user);
    List<String> notices = new ArrayList<>();
    Optional<String> password =
        Optional.ofNullable(given.get("password"))
            .or(passwordFile(given, notices).lookUp(host, port, database, user, socketFolders));
    return new ConnectionSettings(
        host,
        port,
        database,
        user,
        password,
        driverParameters(given, host),
        timeout(given),
        notices);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String one(String host) {
    if (host.contains(",")) {
      throw new CofferException(
          ErrorCode.USAGE,
          "the connection string names several hosts",
          "Name the one server that the backup is to be read from.");
    }
    return host;
  }

  /** A socket where a server of this machine usually listens, else localhost. */
  private String usualHost(int port) {
    return socketFolders.stream()
        .filter(folder -> Files.exists(folder.resolve(".s.PGSQL." + port)))
        .map(Path::toString)
        .findFirst()
        .orElse("localhost");
  }

  private PasswordFile passwordFile(Map<String, String> given, List<String> notices) {
    Path file =
        Optional.ofNullable(given.get("passfile")).map(Path::of).orElse(home.resolve(".pgpass"));
    return new PasswordFile(file, notices);
  }

  private static Map<String, String> driverParameters(Map<String, String> given, String host) {
    Map<String, String> parameters = new LinkedHashMap<>();
    DRIVER_NAMES.forEach((keyword, name) -> {
      String value = given.get(keyword);
      if (value != null) {
        parameters.put(name, value);
      }
    });
    String mode = parameters.getOrDefault("sslmode", "prefer");
    if (!SSL_MODES.contains(mode)) {
      throw new CofferException(
          ErrorCode.USAGE,
          "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full",
          "Use sslmode=verify-full to be sure whom you talk to, prefer on your own machine.");
    }
    if ("system".equals(parameters.get("sslrootcert"))) {
      parameters.remove("sslrootcert");
      parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    if (host.startsWith("/")) {
      parameters.put("sslmode", "disable");
      parameters.put("gssEncMode", "disable");
    }
    return parameters;
  }

  private static Duration timeout(Map<String, String> given) {
    int seconds = number(given, "connect_timeout", (int) DEFAULT_TIMEOUT.toSeconds(), 0, 1_000_000);
    return Duration.ofSeconds(seconds);
  }

  private static int number(
      Map<String, String> given, String keyword, int otherwise, int least, int most) {
    String value = given.get(keyword);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number out of bounds.
    }
    throw ConnectionText.malformed(keyword + " is not a number from " + least + " to " + most);
  }
}
