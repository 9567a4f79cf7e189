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
