package dev.coffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionSettingsTest {
  @TempDir Path home;

  @Test
  void readsEveryPartOfAUrl() {
    ConnectionSettings settings =
        fromOption("postgresql://an%40na:s%3Aecret@db.example:5433/my%20data?sslmode=require");

    assertThat(settings.user()).isEqualTo("an@na");
    assertThat(settings.password()).contains("s:ecret");
    assertThat(settings.address()).isEqualTo("db.example:5433");
    assertThat(settings.database()).isEqualTo("my data");
    assertThat(settings.parameters()).isEqualTo(Map.of("sslmode", "require"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://u@h/d | u@h:5432/d",
        "postgresql://u@[::1]:6000/d | u@[::1]:6000/d",
        "postgresql://u:p@ss@h/d | u@h:5432/d",
        "postgresql://u@h/d?schema=public&connection_limit=5&pgbouncer=true | u@h:5432/d",
        "postgresql:///d?host=/run/pg&user=u&port=5433 | u@/run/pg/.s.PGSQL.5433/d",
        "postgresql://u@%2Frun%2Fpg/d | u@/run/pg/.s.PGSQL.5432/d",
        "jdbc:postgresql://h/d?user=u&password=p | u@h:5432/d",
        "host=h dbname = 'my data' user='o\\'neil' | o'neil@h:5432/my data",
        "postgresql://u@h | u@h:5432/u",
      })
  void readsTheFormsThatOtherToolsWrite(String text, String place) {
    assertThat(fromOption(text)).hasToString(place);
  }

  @Test
  void anOptionWinsOverTheVariablesAndLeavesThemTheRest() {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL", "postgresql://other@elsewhere/other",
            "PGPASSWORD", "from the environment",
            "PGUSER", "anna",
            "PGSSLMODE", "verify-full",
            "PGCONNECT_TIMEOUT", "3");

    ConnectionSettings settings = resolve(Optional.of("postgresql://h/d"), environment);

    assertThat(settings).hasToString("anna@h:5432/d");
    assertThat(settings.password()).contains("from the environment");
    assertThat(settings.parameters()).containsEntry("sslmode", "verify-full");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void databaseUrlWinsOverPgVariables() {
    Map<String, String> environment =
        Map.of("DATABASE_URL", "postgres://u@h/d", "PGHOST", "nowhere", "PGDATABASE", "none");

    assertThat(resolve(Optional.empty(), environment)).hasToString("u@h:5432/d");
  }

  @Test
  void aBareNameIsADatabase() {
    assertThat(resolve(Optional.of("sales"), Map.of("PGHOST", "h", "PGUSER", "u")))
        .hasToString("u@h:5432/sales");
  }

  @Test
  void withoutAHostTakesTheSocketThatIsThere() throws IOException {
    SettingsResolver resolver =
        new SettingsResolver(Map.of("PGUSER", "u"), home, List.of(home.resolve("none"), home));
    assertThat(resolver.resolve(Optional.empty()).host()).isEqualTo("localhost");

    Files.createFile(home.resolve(".s.PGSQL.5432"));
    assertThat(resolver.resolve(Optional.empty()).socket()).contains(home.resolve(".s.PGSQL.5432"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hunter2@h/d",
        "postgresql://u:hunter2@h:port/d",
        "postgresql://u:hunter2@h:70000/d",
        "postgresql://u:hunter2%zz@h/d",
        "postgresql://u:hunter2@[::1/d",
        "postgresql://u:hunter2@a,b/d",
        "postgresql://u:hunter2@h/d?sslmode=maybe",
        "postgresql://u:hunter2@h/d?service=prod",
        "password='hunter2 host=h",
        "password hunter2 host=h",
        "host=h password=my hunter2=x",
        "postgresql://u@h/d?password=my&hunter2=x",
        "postgresql://u@h/d?sslpassword=my&hunter2",
        "postgresql://u:hunter2@h/d?ssl=ture",
        "postgresql://u:hunter2@h/d?sslmode",
        "postgresql://u:hunter2@h/d?=require",
        "postgresql://u@h/d?hunter2%0a=x",
      })
  void refusesWhatItCannotReadWithoutRepeatingIt(String text) {
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> fromOption(text))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE);
          assertThat(refusal.hint()).isNotBlank();
          assertThat(refusal).hasMessageNotContaining("hunter2");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host=127.0.0.1 dbnam=hunter2 | dbnam | Did you mean dbname?",
        "host=h dbname=d password=p dbnam=hunter2 | dbnam | Did you mean dbname?",
        "Host=hunter2 | Host | Did you mean host?",
        "database=hunter2 | database | Did you mean dbname?",
        "host=h ssl=hunter2 | ssl | Did you mean sslmode?",
        "host=h schema=hunter2 | schema | host, port, dbname",
        "postgresql://u@h/d?sslmod=hunter2 | sslmod | Did you mean sslmode?",
        "postgresql://u@h/d?schema=public&sslMODE=hunter2 | sslMODE | Did you mean sslmode?",
        "postgresql://u@h/d?conection_limit=hunter2 | conection_limit | mean connection_limit?",
        "postgresql://u@h/d?colour=hunter2 | colour | host, port, dbname",
        "jdbc:postgresql:///?PGDBNAME=hunter2 | PGDBNAME | Did you mean dbname?",
        "jdbc:postgresql:///d?socketFactory=hunter2 | socketFactory | host, port, dbname",
      })
  void refusesAMisspeltKeywordAndNamesTheOneThatIsMeant(String text, String word, String hint) {
    assertThatExceptionOfType(CofferException.class)
        .isThrownBy(() -> fromOption(text))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE);
          assertThat(refusal.fact()).endsWith(": " + word);
          assertThat(refusal.hint()).contains(hint).doesNotContain("hunter2");
        });
  }

  @Test
  void takesEveryKeywordOfLibpqAndThoseOfPrismaAndJdbc() {
    String libpq =
        "channel_binding=prefer client_encoding=UTF8 application_name=a"
            + " fallback_application_name=a keepalives=1 keepalives_idle=1 keepalives_interval=1"
            + " keepalives_count=1 tcp_user_timeout=1 sslnegotiation=postgres sslcompression=0"
            + " sslcert=c sslkey=k sslcertmode=allow sslpassword=p sslrootcert=r sslcrl=c"
            + " sslcrldir=c sslsni=1 requirepeer=p require_auth=password"
            + " ssl_min_protocol_version=TLSv1.2 ssl_max_protocol_version=TLSv1.3"
            + " min_protocol_version=3.0 max_protocol_version=3.2 gssencmode=disable"
            + " krbsrvname=postgres gsslib=gssapi gssdelegation=0 replication=false"
            + " target_session_attrs=any load_balance_hosts=disable options=-cgeqo=off"
            + " scram_client_key=k scram_server_key=k oauth_issuer=i oauth_client_id=i"
            + " oauth_client_secret=s oauth_scope=s sslkeylogfile=f connect_timeout=2"
            + " passfile=/nowhere sslmode=require hostaddr=h host=h port=6000 user=u dbname=d"
            + " password=p";
    assertThat(fromOption(libpq)).hasToString("u@h:6000/d");
    assertThat(fromOption("postgresql:///?" + libpq.replace(' ', '&'))).hasToString("u@h:6000/d");

    ConnectionSettings settings =
        fromOption(
            "postgresql://u@h/d?schema=public&connection_limit=5&pool_timeout=2&pgbouncer=true"
                + "&socket_timeout=5&statement_cache_size=0&single_use_connections=true"
                + "&max_connection_lifetime=1&max_idle_connection_lifetime=1&sslidentity=f"
                + "&sslaccept=strict&currentSchema=public&ApplicationName=a&connectTimeout=7&");
    assertThat(settings).hasToString("u@h:5432/d");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({
    "ssl=true, require",
    "ssl=1, require",
    "ssl=false, prefer",
    "channelBinding=require, prefer",
  })
  void heedsWhatADriversUrlDemands(String parameter, String mode) {
    Map<String, String> parameters =
        fromOption("jdbc:postgresql://h/d?user=u&" + parameter).parameters();

    assertThat(parameters.getOrDefault("sslmode", "prefer")).isEqualTo(mode);
    assertThat(parameters.containsKey("channelBinding"))
        .isEqualTo(parameter.startsWith("channelBinding"));
  }

  @Test
  void neverShowsThePassword() {
    assertThat(fromOption("postgresql://u:hunter2@h/d?sslpassword=hunter2").toString())
        .doesNotContain("hunter2");
  }

  @Test
  void readsThePasswordFile() throws IOException {
    passwordFile(
        "rw-------",
        "# h:5432:d:u:commented out",
        "short:line",
        "h:5433:d:u:wrong port",
        "h:*:d:u:first\\:with \\\\ and colon",
        "*:*:*:*:last");

    assertThat(fromOption("postgresql://u@h/d").password()).contains("first:with \\ and colon");
    assertThat(fromOption("postgresql://u@other/d").password()).contains("last");
    assertThat(fromOption("postgresql://u:given@h/d").password()).contains("given");
  }

  @Test
  void aUsualSocketIsLocalhostToThePasswordFile() throws IOException {
    passwordFile("rw-------", "localhost:5432:d:u:by socket");

    assertThat(fromOption("postgresql://u@/d?host=/var/run/postgresql").password())
        .contains("by socket");
    assertThat(fromOption("postgresql://u@/d?host=/elsewhere").password()).isEmpty();
  }

  @Test
  void ignoresAPasswordFileThatOthersCanReadAndSaysSo() throws IOException {
    passwordFile("rw-r-----", "*:*:*:*:exposed");

    ConnectionSettings settings = fromOption("postgresql://u@h/d");

    assertThat(settings.password()).isEmpty();
    assertThat(settings.notices()).singleElement().asString().contains(".pgpass", "chmod 600");
  }

  @Test
  void pgpassfileNamesAnother() throws IOException {
    passwordFile("rw-------", "*:*:*:*:usual");
    Path other = Files.writeString(home.resolve("other"), "*:*:*:*:other\n");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));

    assertThat(
            resolve(Optional.of("postgresql://u@h/d"), Map.of("PGPASSFILE", other.toString()))
                .password())
        .contains("other");
  }

  private void passwordFile(String permissions, String... lines) throws IOException {
    Path file = Files.write(home.resolve(".pgpass"), List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private ConnectionSettings fromOption(String text) {
    return resolve(Optional.of(text), Map.of());
  }

  private ConnectionSettings resolve(Optional<String> option, Map<String, String> environment) {
    return ConnectionSettings.resolve(option, environment, home);
  }
}
