package dev.coffer.legacy;

import static dev.coffer.legacy.LegacyFiles.json;
import static dev.coffer.legacy.LegacyFiles.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.model.Finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyVerifierTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aGoodFileIsStillOnlyWeaklyProven(String indent) throws IOException {
    List<Finding> findings = verify(json(LegacyFiles.comprehensive(50), indent));

    assertThat(findings).extracting(Finding::code).containsExactly(Code.LEGACY_WEAK_HASH);
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.NOTE);
    assertThat(findings.getFirst().meaning()).contains("weak hash", "3 of 4 tables agree");
  }

  @Test
  void theHashIsThatOfJavaScript() {
    // Computed by a JavaScript engine, from rows with quotes, escapes and an unpaired surrogate.
    String text =
        "[{\"id\":\"a\",\"name\":\"\ud83d\ude00\\ud83d\",\"cost\":1e+21,\"ok\":false,\"note\":\"\u00e9/\\\\\"},"
            + "{\"id\":\"b\",\"name\":\"Zo\u00eb \\\"O\u2019Neil\\\"\\n\\u0001\",\"cost\":12.5,\"ok\":true,"
            + "\"note\":null}]";

    assertThat(new WeakHash().add(text).printed())
        .containsExactlyInAnyOrder("-k2kicw", "k2kicw", "1eyjjm8");
    assertThat(new WeakHash().add("[]").printed()).containsOnly("28y");
    assertThat(new WeakHash().add("polygenelubricants").printed()).contains("-zik0zk", "zik0zk");
    assertThat(LegacyFiles.printed(LegacyFiles.hashOfText(text))).isEqualTo("-k2kicw");
  }

  @ParameterizedTest
  @CsvSource({"1.0.0", "2.0.0", "2.1.0", "2.0.0-emergency"})
  void databaseFilesAgreeWithTheirCounts(String version) throws IOException {
    assertThat(verify(json(LegacyFiles.database(version), "  ")))
        .extracting(Finding::code)
        .containsExactly(Code.LEGACY_WEAK_HASH);
  }

  @Test
  void salesFilesAgreeWithTheirTotals() throws IOException {
    assertThat(errors(verify(json(LegacyFiles.salesOnly(), "  ")))).isEmpty();

    Map<String, Object> lying = LegacyFiles.salesOnly();
    lying.put("totalSales", 6);
    assertThat(errors(verify(json(lying, "  "))))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.COUNT_DIFFERS);
          assertThat(finding.place()).isEqualTo("table sales");
          assertThat(finding.meaning()).contains("6", "5");
        });
  }

  @Test
  void aMissingRowIsFoundByCountAndHash() throws IOException {
    Map<String, Object> document = LegacyFiles.comprehensive(10);
    rows(document, "sales").remove(4);

    List<Finding> errors = errors(verify(json(document, "  ")));

    assertThat(errors)
        .extracting(Finding::code)
        .contains(Code.COUNT_DIFFERS, Code.LEGACY_HASH_DIFFERS);
    assertThat(errors).extracting(Finding::place).contains("table sales");
  }

  @Test
  void aChangedValueIsNotedBecauseTheHashIsUncertain() throws IOException {
    Map<String, Object> document = LegacyFiles.comprehensive(10);
    rows(document, "sales").get(4).put("totalPlanCost", 1);

    List<Finding> findings = verify(json(document, "  "));

    assertThat(errors(findings)).isEmpty();
    assertThat(findings)
        .extracting(Finding::code)
        .containsExactly(Code.LEGACY_HASH_DIFFERS, Code.LEGACY_WEAK_HASH);
  }

  @Test
  void aTableThatWentMissingIsFound() throws IOException {
    Map<String, Object> document = LegacyFiles.comprehensive(10);
    tables(document).remove("smsLogs");

    assertThat(errors(verify(json(document, "  "))))
        .extracting(Finding::place)
        .containsExactly("table smsLogs");
  }

  @Test
  void everyCutIsFound() throws IOException {
    byte[] whole = json(LegacyFiles.comprehensive(3), "  ").getBytes(StandardCharsets.UTF_8);

    for (int length = 1; length < whole.length; length += 29) {
      Finding first = verify(Arrays.copyOf(whole, length)).getFirst();
      assertThat(first.severity()).as("cut to %d", length).isEqualTo(Severity.ERROR);
      assertThat(first.code()).as("cut to %d", length).isEqualTo(Code.CUT_SHORT);
    }
    assertThat(verify(new byte[0]).getFirst().code()).isEqualTo(Code.EMPTY_FILE);
  }

  @Test
  void everyFlippedByteThatBreaksTheJsonIsPlaced() throws IOException {
    byte[] whole = json(LegacyFiles.comprehensive(2), "  ").getBytes(StandardCharsets.UTF_8);

    for (int at = 0; at < whole.length; at += 31) {
      byte[] flipped = whole.clone();
      flipped[at] = 0;
      Finding first = verify(flipped).getFirst();
      assertThat(first.severity()).as("byte %d", at).isEqualTo(Severity.ERROR);
      assertThat(first.place()).as("byte %d", at).contains("byte ", "line ", "column ");
    }
  }

  @Test
  void damageIsPlacedWithoutQuotingValues() throws IOException {
    String text = json(LegacyFiles.comprehensive(3), "  ");
    int at = text.indexOf("\"Renée\"", text.indexOf("customerFirstName") + 200);
    String garbled = text.substring(0, at) + "SECRETVALUE" + text.substring(at + 7);

    Finding first = verify(garbled).getFirst();

    assertThat(first.code()).isEqualTo(Code.ROW_DAMAGED);
    assertThat(first.place())
        .matches("table (sales|smsLogs), row [123], byte \\d+, line \\d+, column \\d+");
    assertThat(first.toString()).doesNotContain("SECRETVALUE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|NOT_A_BACKUP",
        "{\"a\":1}|NOT_A_BACKUP",
        "{\"tables\":{\"a\":[]}} x|TRAILING_BYTES",
        "{\"tables\":{\"a\":[]}}{}|TRAILING_BYTES",
        "{\"tables\":{\"a\":[],\"a\":[]}}|DUPLICATE_KEY",
        "{\"tables\":{},\"tables\":{}}|DUPLICATE_KEY",
        "{\"tables\":{\"a\":{\"id\":1}}}|LAYOUT_DIFFERS",
        "{\"tables\":{\"a\":[1]}}|ROW_DAMAGED",
        "{\"tables\":{\"a\":[null]}}|ROW_DAMAGED",
        "{\"tables\":{\"a\":[{\"id\":01}]}}|ROW_DAMAGED",
        "{\"tables\":{\"a\":[]},\"metadata\":{\"b\":tru}}|METADATA_DAMAGED"
      })
  void whatIsNoGoodDocumentIsNamed(String text, Code code) throws IOException {
    assertThat(errors(verify(text))).extracting(Finding::code).containsExactly(code);
  }

  @Test
  void nestingWithoutEndIsRefused() throws IOException {
    String text = "{\"tables\":{\"a\":[{\"id\":" + "[".repeat(100_000);

    assertThat(verify(text).getFirst().code()).isEqualTo(Code.ROW_DAMAGED);
  }

  @Test
  void bytesThatAreNotUtf8AreFound() throws IOException {
    byte[] latin1 =
        json(LegacyFiles.comprehensive(3), "  ")
            .replace("\u2019", "'")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(verify(latin1).getFirst().code()).isEqualTo(Code.ROW_DAMAGED);
  }

  @Test
  void withoutMetadataNothingCanBeCompared() throws IOException {
    Map<String, Object> document = LegacyFiles.comprehensive(2);
    document.remove("metadata");

    assertThat(verify(json(document, "  ")))
        .extracting(Finding::code)
        .containsExactly(Code.LEGACY_NO_METADATA, Code.LEGACY_WEAK_HASH);
  }

  @Test
  void rowsPastTheLimitAreNotSortedAndThatIsSaid() {
    TableHashes hashes = new TableHashes();
    for (int number = TableHashes.MOST_SORTED + 1; number > 0; number--) {
      String id = "\"" + (1_000_000 + number) + "\"";
      hashes.add(new LegacyRow(List.of(new LegacyRow.Member("id", id, false))));
    }
    hashes.finish();

    assertThat(hashes.skipped()).isTrue();
  }

  @Test
  void sqlDumpsAreReadToTheirEnd() throws IOException {
    Path file = folder.resolve("manual-backup-x.sql");
    Files.writeString(file, LegacyFiles.SQL);
    Files.writeString(
        folder.resolve("manual-backup-x.meta.json"),
        json(object("tables", object("users", 2, "leads", 1)), ""));
    assertThat(LegacyVerifier.verify(file))
        .extracting(Finding::code)
        .containsExactly(Code.LEGACY_WEAK_HASH);

    Files.writeString(
        folder.resolve("manual-backup-x.meta.json"),
        json(object("tables", object("users", 3)), ""));
    assertThat(errors(LegacyVerifier.verify(file)))
        .extracting(Finding::place)
        .containsExactly("table users");

    Files.writeString(folder.resolve("manual-backup-x.meta.json"), "{");
    assertThat(errors(LegacyVerifier.verify(file)))
        .extracting(Finding::code)
        .containsExactly(Code.METADATA_DAMAGED);
  }

  @Test
  void aCutSqlDumpIsFound() throws IOException {
    Path file = folder.resolve("manual-backup-x.sql");
    int complete = LegacyFiles.SQL.indexOf("-- PostgreSQL database dump complete");
    for (int length = 40; length < complete; length += 11) {
      Files.writeString(file, LegacyFiles.SQL.substring(0, length));
      assertThat(LegacyVerifier.verify(file).getFirst().code())
          .as("cut to %d", length)
          .isEqualTo(Code.CUT_SHORT);
    }
  }

  @Test
  void aMissingFileIsNotAFinding() {
    assertThat(
            catchThrowableOfType(
                    CofferException.class, () -> LegacyVerifier.verify(folder.resolve("none.json")))
                .code())
        .isEqualTo(ErrorCode.FILE_UNREADABLE);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tables(Map<String, Object> document) {
    return (Map<String, Object>) Objects.requireNonNull(document.get("tables"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Map<String, Object> document, String table) {
    return (List<Map<String, Object>>) Objects.requireNonNull(tables(document).get(table));
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }

  private List<Finding> verify(String text) throws IOException {
    return verify(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Finding> verify(byte[] content) throws IOException {
    Path file = folder.resolve("comprehensive-backup-" + LegacyFiles.STAMP + ".json");
    Files.write(file, content);
    return LegacyVerifier.verify(file);
  }
}
