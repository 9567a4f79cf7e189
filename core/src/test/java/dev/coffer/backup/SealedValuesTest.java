package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A secret is nowhere in the clear, and comes back with the identity. */
final class SealedValuesTest {
  private static final String HASH = "$2b$12$PlantedSecretPlantedSecr";
  private static final String SORT_CODE = "83-91-47";

  private TestDatabase database;

  @TempDir Path home;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE users (id int PRIMARY KEY, email text, password text, note text);
        CREATE TABLE sales (id int PRIMARY KEY, "sortCode" text, "accountNumber" numeric, plan text);
        INSERT INTO users SELECT i, 'u' || i || '@machine.example', '%s' || i, repeat('n', 500)
        FROM generate_series(1, 4000) i;
        INSERT INTO sales SELECT i, '%s', 7730000000 + i, 'gold' FROM generate_series(1, 500) i;
        INSERT INTO sales VALUES (501, NULL, NULL, 'none')
        """
            .formatted(HASH, SORT_CODE));
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Profile profile() throws IOException {
    return ProfileReader.read(
        Files.writeString(
            home.resolve("profile.yaml"),
            """
            profile: shop
            recognisedBy: [users, sales]
            keys: asStored
            tables:
              users: users
              sales: sales
            sealed:
              users: [password]
              sales: [sortCode, accountNumber]
            """));
  }

  private Taking taking() throws IOException {
    return Taking.of(database, home).profile(profile());
  }

  @Test
  void noSecretIsInAnyFileWhileItIsWrittenOrAfterwards() throws IOException {
    for (Taking taking : List.of(taking(), taking().compressed())) {
      List<String> seen = Collections.synchronizedList(new ArrayList<>());
      Progress looking =
          new Progress() {
            @Override
            public void advanced(String logicalName, long rows, long bytes) {
              look("rows");
            }

            @Override
            public void stage(String name) {
              look(name);
            }

            private void look(String moment) {
              for (String file : taking.files()) {
                if (file.endsWith(".partial")) {
                  seen.add(moment + (file.contains(".scratch.") ? " scratch" : " content"));
                  assertNoSecret(taking.root().resolve(file));
                }
              }
            }
          };

      Taken taken = taking.take(looking);

      assertThat(seen).contains("rows content", "writing metadata scratch");
      assertNoSecret(taken.result().file());
      try (InputStream text = Taken.text(taken.result().file())) {
        assertNoSecret(text.readAllBytes());
      }
      assertThat(taken.document().toString()).doesNotContain(HASH, SORT_CODE, "773000");
      assertThat(taken.rows("users")).allMatch(row -> isSealed(row.get("password")));
      assertThat(taken.rows("sales").getLast().toString())
          .isEqualTo("{\"id\":501,\"sortCode\":null,\"accountNumber\":null,\"plan\":\"none\"}");
    }
  }

  private static boolean isSealed(JsonNode value) {
    return value.stringValue().equals("[ENCRYPTED]");
  }

  private static void assertNoSecret(Path file) {
    try {
      assertNoSecret(Files.readAllBytes(file));
    } catch (NoSuchFileException published) {
      // It is looked at under its own name.
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void assertNoSecret(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String secret : List.of(HASH, SORT_CODE, "773000")) {
      assertThat(text.contains(secret)).as("holds a secret").isFalse();
    }
  }

  @Test
  void sealedValuesComeBackWithTheIdentity() throws IOException {
    Taken taken = taking().compressed().take();

    String closed = csv(taken, List.of());
    String open = csv(taken, List.of("identity"));

    assertThat(closed).contains("[ENCRYPTED]").doesNotContain(SORT_CODE);
    assertThat(open.lines().skip(1))
        .containsExactlyElementsOf(
            database.values(
                "SELECT concat_ws(',', id, coalesce(\"sortCode\", ''),"
                    + " coalesce(\"accountNumber\"::text, ''), plan) FROM sales ORDER BY ctid"));
  }

  private String csv(Taken taken, List<String> with) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exporter.export(
        taken.result().file(),
        new ExportOptions(
            Format.CSV,
            List.of("sales"),
            with.isEmpty() ? List.of() : taking().keys().identities()),
        out,
        Progress.SILENT);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFingerprintChangesExactlyWhenASealedValueDoes() throws IOException {
    database.execute("UPDATE users SET id = id");
    Taken before = taking().take();
    database.execute("UPDATE users SET note = 'other' WHERE id = 1");
    database.execute("UPDATE users SET password = 'another' WHERE id = 2");
    database.execute("UPDATE users SET password = NULL WHERE id = 3");
    Taken after = taking().take();

    assertThat(changed(before, after, "users")).containsExactlyInAnyOrder(2, 3);
    assertThat(changed(before, after, "sales")).isEmpty();
    assertThat(before.rows("users").stream().map(row -> row.get("$sealed").stringValue()))
        .doesNotHaveDuplicates();
  }

  private static List<Integer> changed(Taken before, Taken after, String table) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode row : before.rows(table)) {
      JsonNode other =
          after.rows(table).stream()
              .filter(candidate -> candidate.get("id").equals(row.get("id")))
              .findFirst()
              .orElseThrow();
      if (!row.path("$sealed").equals(other.path("$sealed"))) {
        ids.add(row.get("id").intValue());
      }
    }
    return ids;
  }

  @Test
  void chunksOfAnUnchangedDatabaseAreEqual() throws IOException {
    Taken first = taking().take();
    Taken second = taking().compressed().connections(1).take();

    for (String table : List.of("users", "sales")) {
      assertThat(second.chunks(table)).isNotEmpty().isEqualTo(first.chunks(table));
      assertThat(second.hash(table)).isEqualTo(first.hash(table));
    }
    // The secrets themselves are encrypted anew each time.
    assertThat(second.document().get("sealed")).isNotEqualTo(first.document().get("sealed"));
  }

  @Test
  void aNewColumnThatSoundsLikeASecretIsSealedAndSaid() throws IOException {
    Taken before = taking().take();
    database.execute(
        "ALTER TABLE users ADD \"apiToken\" text; UPDATE users SET \"apiToken\" = 'tok_planted'");
    Taken after = taking().take();

    assertThat(before.metadata().get("sealedColumns").toString()).doesNotContain("apiToken");
    assertThat(after.document().toString()).doesNotContain("tok_planted");
    assertThat(after.rows("users")).allMatch(row -> isSealed(row.get("apiToken")));
    assertThat(
            Stream.of(after.metadata().get("sealedColumns"))
                .flatMap(JsonNode::valueStream)
                .filter(column -> column.get("column").stringValue().equals("apiToken")))
        .singleElement()
        .satisfies(column -> assertThat(column.get("reason").stringValue()).isNotBlank());
    assertThat(changed(before, after, "users")).hasSize(4000);
  }
}
