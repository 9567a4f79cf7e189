package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonExportTest {
  @TempDir static Path folder;
  private static TestDatabase source;
  private static Fixture fixture;
  private static Path backup;

  @BeforeAll
  static void create() {
    source = TestDatabase.create(Servers.debian15());
    source.execute(Scene.SECRETS);
    fixture = new Fixture(folder);
    backup = fixture.backup(source);
  }

  @AfterAll
  static void drop() {
    source.close();
  }

  @Test
  void isTheDocumentByteForByte() {
    String unpacked =
        Shell.run(List.of("zstd", "-dc", backup.toString()), Map.of(), "").check().out();

    assertThat(fixture.export(backup, Format.JSON, List.of())).isEqualTo(unpacked);
    assertThat(fixture.export(backup, Format.JSON, fixture.identities())).isEqualTo(unpacked);
  }

  @Test
  void anUncompressedDocumentStaysAsItIs() throws IOException {
    Path plain = new Fixture(folder).plain().backup(source);

    assertThat(fixture.export(plain, Format.JSON, List.of())).isEqualTo(Files.readString(plain));
  }

  @Test
  void anEncryptedFileGivesItsDocument() {
    Fixture encrypting = new Fixture(folder).encrypted();
    Path encrypted = encrypting.backup(source);
    String document = encrypting.export(encrypted, Format.JSON, encrypting.identities());

    assertThat(document).startsWith("{\n\"timestamp\":").endsWith("\"}\n}\n");
    assertThat(encrypting.export(encrypted, Format.JSON, encrypting.identities(), "plain"))
        .isEqualTo("{\n" + rowsOf(document, "plain") + "\n}\n");
  }

  @Test
  void tablesKeepTheLayout() {
    String document = fixture.export(backup, Format.JSON, List.of());

    assertThat(fixture.export(backup, Format.JSON, List.of(), "users", "plain", "users"))
        .isEqualTo("{\n" + rowsOf(document, "plain") + ",\n" + rowsOf(document, "users") + "\n}\n");
  }

  private static String rowsOf(String document, String table) {
    int begin = document.indexOf("\n\"" + table + "\":[\n") + 1;
    return document.substring(begin, document.indexOf("\n]", begin) + 2);
  }

  @Test
  void anIdentityOpensTheRowsOfTables() {
    String text = fixture.export(backup, Format.JSON, fixture.identities(), "users");
    JsonNode third = JsonMapper.shared().readTree(text).get("users").get(2);

    assertThat(text).doesNotContain("[ENCRYPTED]");
    assertThat(third.propertyNames()).hasSize(10).doesNotContain("_fingerprint");
    assertThat(third.get("password").asString()).isEqualTo("hash \"of\\3\n");
    assertThat(third.get("api_key").isNull()).isTrue();
    assertThat(third.get("secret").get("s").asString()).isEqualTo("jsonsecret3");
  }
}
