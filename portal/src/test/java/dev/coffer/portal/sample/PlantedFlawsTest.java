package dev.coffer.portal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.portal.Query;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The rules written down once more, as SQL: they find what was planted, and nothing else. */
class PlantedFlawsTest {
  private static final Map<String, List<String>> TEXTS =
      Map.of(
          "sales",
          List.of(
              "customerFirstName",
              "customerLastName",
              "notes",
              "mailingStreet",
              "mailingCity",
              "accountName"),
          "Lead",
          List.of(
              "customer_first_name",
              "customer_last_name",
              "notes",
              "mailing_street",
              "mailing_city"),
          "sms_logs",
          List.of("messageContent"),
          "EmailLog",
          List.of("subject", "messageContent", "recipientName"),
          "CommunicationLog",
          List.of("subject", "content"),
          "LeadDispositionHistory",
          List.of("notes"));
  private static final Map<String, String> EMAILS =
      Map.of("sales", "email", "Lead", "email", "EmailLog", "recipientEmail", "users", "email");
  private static final Map<String, String> PHONES =
      Map.of("sales", "phoneNumber", "Lead", "phone_number", "sms_logs", "phoneNumber");

  private static final DataSource DATABASE = SharedSample.AT_SCALE_ONE.database();
  private static final PlantedFlaws PLANTED = SharedSample.AT_SCALE_ONE.summary().plantedFlaws();

  private static List<String> ids(String table, String condition) {
    return Query.texts(DATABASE, "SELECT id FROM \"" + table + "\" WHERE " + condition);
  }

  private static void assertFound(String rule, Map<String, String> conditions) {
    for (var table : conditions.entrySet()) {
      List<String> expected =
          PLANTED.flaws().stream()
              .filter(flaw -> flaw.rule().equals(rule) && flaw.table().equals(table.getKey()))
              .map(PlantedFlaws.PlantedFlaw::id)
              .toList();
      assertThat(ids(table.getKey(), table.getValue()))
          .as("%s in %s", rule, table.getKey())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(PLANTED.flaws())
        .filteredOn(flaw -> flaw.rule().equals(rule))
        .isNotEmpty()
        .allSatisfy(flaw -> assertThat(conditions).containsKey(flaw.table()));
  }

  private static Map<String, String> inAny(Map<String, List<String>> columns, String test) {
    return columns.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                table ->
                    table.getValue().stream()
                        .map(column -> test.formatted("\"" + column + "\""))
                        .collect(Collectors.joining(" OR "))));
  }

  private static Map<String, String> in(Map<String, String> columns, String test) {
    return columns.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, table -> test.formatted("\"" + table.getValue() + "\"")));
  }

  @Test
  void areThirtySixRowsEachWithOneFlaw() {
    assertThat(PLANTED.flaws()).hasSize(36);
    assertThat(PLANTED.flaws().stream().map(PlantedFlaws.PlantedFlaw::id).distinct()).hasSize(36);
    assertThat(PLANTED.countsByRule()).hasSize(9);
  }

  @Test
  void placeholderDomain() {
    assertFound("placeholder-domain", in(EMAILS, "%s !~ '[.]example$'"));
  }

  @Test
  void placeholderText() {
    assertFound(
        "placeholder-text",
        inAny(
            TEXTS,
            "lower(%s) IN ('test', 'testing', 'asdf', 'xxx', 'n/a', 'none', 'fake', 'unknown',"
                + " 'placeholder', 'lorem ipsum')"));
  }

  @Test
  void repeatedDigits() {
    Map<String, String> conditions =
        new TreeMap<>(in(PHONES, "regexp_replace(%s, '\\D', '', 'g') ~ '^(44|0)?(\\d)\\2{6,}$'"));
    conditions.merge("sales", "\"accountNumber\" ~ '^(\\d)\\1{7}$'", (a, b) -> a + " OR " + b);
    assertFound("repeated-digits", conditions);
  }

  @Test
  void sequentialDigits() {
    Map<String, String> conditions = new TreeMap<>(in(PHONES, "%s ~ '1234567|2345678|9876543'"));
    conditions.merge(
        "sales",
        "\"accountNumber\" ~ '123456|234567|345678|456789|65432'",
        (a, b) -> a + " OR " + b);
    assertFound("sequential-digits", conditions);
  }

  @Test
  void impossibleSortCode() {
    assertFound(
        "impossible-sort-code",
        Map.of(
            "sales",
            "\"sortCode\" !~ '^\\d\\d-\\d\\d-\\d\\d$' OR \"sortCode\" IN ('00-00-00', '99-99-99')"));
  }

  @Test
  void mojibake() {
    assertFound("mojibake", inAny(TEXTS, "%s ~ '[\u00C3\u00C2][\u0080-\u00BF]|\u00E2\u20AC'"));
  }

  @Test
  void replacementCharacter() {
    assertFound("replacement-character", inAny(TEXTS, "position('\uFFFD' in %s) > 0"));
  }

  @Test
  void dateOutOfRange() {
    assertFound(
        "date-out-of-range",
        Map.of(
            "sales",
            "extract(year from \"directDebitDate\") NOT BETWEEN 1900 AND 2200",
            "Lead",
            "extract(year from callback_at) NOT BETWEEN 1900 AND 2200"));
  }

  @Test
  void orphan() {
    assertFound("orphan", Map.of("CommunicationLog", "\"agentId\" NOT IN (SELECT id FROM users)"));
  }
}
