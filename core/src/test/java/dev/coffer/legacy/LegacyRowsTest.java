package dev.coffer.legacy;

import static dev.coffer.legacy.LegacyFiles.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyRowsTest {
  @TempDir Path folder;

  @Test
  void rowsAreTheirColumns() throws IOException {
    Path file = write("a.json", json(LegacyFiles.salesOnly(), "  "));

    List<Map<String, String>> rows = rows(file, "sales");

    assertThat(rows).hasSize(5);
    assertThat(rows.getFirst())
        .containsExactly(
            Map.entry("id", "\"cm0s00000000000000000000\""),
            Map.entry("customerFirstName", "\"Renée\""),
            Map.entry("notes", "\"Says \\\"call\\nafter six\\\"\""),
            Map.entry("totalPlanCost", "19.99"),
            Map.entry("boilerCoverSelected", "true"),
            Map.entry("createdById", "\"cm0u00000000000000000000\""),
            Map.entry("metadata", "{\"channel\":\"phone\",\"tags\":[\"new\",\"vip\"]}"));
    assertThat(rows(file, "appliances")).hasSize(5);
  }

  @Test
  void copiesOfRelatedRowsAreLeftOut() throws IOException {
    Path file =
        write(
            "a.json",
            "{\"tables\":{\"d\":[{\"template\":{\"name\":\"x\"},\"templateId\":\"t\",\"sale\":{\"id\":1},"
                + "\"links\":[],\"metadata\":{},\"other\":{\"a\":{\"id\":1}}}]}}");

    assertThat(rows(file, "d").getFirst().keySet())
        .containsExactly("templateId", "metadata", "other");
  }

  @Test
  void numbersAndTextsStayAsTheyAre() throws IOException {
    String members =
        "\"a\":1.50,\"b\":12345678901234567890.10,\"c\":1e3,\"d\":null,\"e\":\"\\u00e9\\/\"";
    Path file = write("a.json", "{\"tables\":{\"t\":[{" + members + "}]}}");

    assertThat(rows(file, "t").getFirst().values())
        .containsExactly("1.50", "12345678901234567890.10", "1e3", "null", "\"é/\"");
  }

  @Test
  void rowsOfAnSqlDump() throws IOException {
    Path file = write("manual-backup-x.sql", LegacyFiles.SQL);

    assertThat(rows(file, "users").get(1))
        .containsExactly(
            Map.entry("id", "\"cm0u2\""),
            Map.entry("email", "null"),
            Map.entry("createdAt", "\"2026-01-25\""));
    assertThat(rows(file, "Lead").getFirst())
        .containsEntry("notes", "\"line\\none\\ttab\\\\back\"")
        .containsEntry("odd\"name", "\"\\\\N\"");
  }

  @Test
  void anUnknownTableIsToldWithThoseThatAreThere() throws IOException {
    Path file = write("a.json", json(LegacyFiles.salesOnly(), "  "));

    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> rows(file, "users"));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure.hint()).contains("sales, appliances");
  }

  @Test
  void damageEndsTheReadingAfterTheRowsBeforeIt() throws IOException {
    String text = json(LegacyFiles.salesOnly(), "  ");
    Path file = write("a.json", text.substring(0, text.indexOf("\"cm0s00000000000000000003\"")));
    List<Map<String, String>> rows = new ArrayList<>();

    CofferException failure =
        catchThrowableOfType(
            CofferException.class, () -> LegacyRows.rows(file, "sales", rows::add));

    assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(failure.fact()).contains("table sales, row 4");
    assertThat(rows).hasSize(3);
  }

  @Test
  void aFileLargerThanTheMemoryAllowedToItIsStreamed() throws IOException {
    Path file = folder.resolve("large.json");
    int count = 60_000;
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("{\"version\":\"2.0.0\",\"tables\":{\"sales\":[");
      String filler = "x".repeat(1000);
      for (int number = 0; number < count; number++) {
        writer.write(
            (number == 0 ? "" : ",") + "{\"id\":\"" + number + "\",\"notes\":\"" + filler + "\"}");
      }
      writer.write("]}}");
    }
    long[] most = new long[1];
    long[] rows = new long[1];
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();

    LegacyRows.rows(
        file,
        "sales",
        row -> {
          if (++rows[0] % 20_000 == 0) {
            System.gc();
            most[0] = Math.max(most[0], runtime.totalMemory() - runtime.freeMemory() - before);
          }
        });

    assertThat(rows[0]).isEqualTo(count);
    assertThat(most[0]).as("live bytes while reading 60 MB").isLessThan(10 << 20);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Map<String, String>> rows(Path file, String table) {
    List<Map<String, String>> rows = new ArrayList<>();
    LegacyRows.rows(file, table, rows::add);
    return rows;
  }
}
