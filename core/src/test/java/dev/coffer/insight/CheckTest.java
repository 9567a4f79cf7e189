package dev.coffer.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.Column;
import dev.coffer.model.ValueKind;
import dev.coffer.profile.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "john@test.com",
        "a@EXAMPLE.ORG",
        "x.y@Mailinator.Com",
        "a@noemail.com ",
        "a@example.net",
        "q@fake.com",
        "q@PLACEHOLDER.COM",
        "İ@example.com"
      })
  void placeholderDomains(String value) {
    assertThat(flags(Rule.PLACEHOLDER_DOMAIN, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "john@portal.example",
        "testa@mytest.com",
        "a@contest.com",
        "a@gmail.com",
        "a@test.co.uk",
        "test.com",
        "@",
        "a",
        "",
        "a@xexample.com",
        "a@test.com.example",
        "a@mail.test",
        "@est.com"
      })
  void honestDomains(String value) {
    assertThat(flags(Rule.PLACEHOLDER_DOMAIN, value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test",
        "TEST",
        "Testing",
        " test ",
        "asdf",
        "xXx",
        "N/A",
        "None",
        "FAKE",
        "Unknown",
        "placeholder",
        "PLACEHOLDER",
        "Lorem Ipsum"
      })
  void placeholderTexts(String value) {
    assertThat(flags(Rule.PLACEHOLDER_TEXT, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Testa",
        "Tess",
        "Attest",
        "Nona",
        "Fakes",
        "",
        " ",
        "na",
        "xxxx",
        "Lorem ipsum dolor",
        "testıng",
        "FAKİ",
        "Asda",
        "loremxipsum",
        "N/B"
      })
  void honestTexts(String value) {
    assertThat(flags(Rule.PLACEHOLDER_TEXT, value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07777777777", "07777 777777", "+44 7777 777777", "00447777777777", "0000000000",
        "+44 7000 000000", "00000000", "11111111", "111111", "(0) 7777 777 777"
      })
  void repeatedDigits(String value) {
    assertThat(flags(Rule.REPEATED_DIGITS, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07700 900000",
        "07700 900999",
        "+44 7700 900 123",
        "+444444441234",
        "10000000",
        "11111112",
        "11111",
        "",
        "0",
        "+",
        "+44",
        "see 0000000000",
        "12345678",
        "0077777712345"
      })
  void honestDigits(String value) {
    assertThat(flags(Rule.REPEATED_DIGITS, value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "87654321",
        "01234567890",
        "0123 456 7890",
        "+44 1234 567890",
        "9876543210",
        "+449876543210",
        "56789012",
        "00441234567890"
      })
  void sequentialDigits(String value) {
    assertThat(flags(Rule.SEQUENTIAL_DIGITS, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567",
        "12345679",
        "112345678",
        "07700 900123",
        "02468024",
        "11111111",
        "",
        "0",
        "no 12345678",
        "07712345678"
      })
  void honestSequences(String value) {
    assertThat(flags(Rule.SEQUENTIAL_DIGITS, value)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "20-45-78, false", "204578, false", "00-00-01, false", "99-99-98, false", "00-00-00, true",
    "000000, true", "99-99-99, true", "999999, true", "20-45-7, true", "4O-12-83, true",
    "'20 45 78', true", "2045-78, true", "'', true", "20-45-789, true", "-204578-, true"
  })
  void sortCodes(String value, boolean impossible) {
    assertThat(flags(Rule.IMPOSSIBLE_SORT_CODE, value)).isEqualTo(impossible);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-25 14:30:45.123, false",
    "1900-01-01, false",
    "2200-12-31 23:59:59+00, false",
    "1899-12-31, true",
    "2201-01-01, true",
    "0024-06-14 00:00:00, true",
    "0044-03-15 BC, true",
    "1999-01-01 00:00:00+00 BC, true",
    "294276-12-31, true",
    "infinity, false",
    "-infinity, false"
  })
  void dates(String value, boolean outOfRange) {
    assertThat(flags(Rule.DATE_OUT_OF_RANGE, value)).isEqualTo(outOfRange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Si\u00C3\u00A2n",
        "Goodwill of \u00C2\u00A320",
        "O\u00E2\u20AC\u2122Brien",
        "Caf\u00C3\u00A9",
        "caf\u00C3\u0083\u00C2\u00A9",
        "J\u00C3\u00BCrgen",
        "C\u00C3\u201DTE",
        "Hello,\u00C2\u00A0 world",
        "voil\u00C3\u00A0",
        "\u00E2\u201A\u00AC 20",
        "Coffer\u00E2\u201E\u00A2",
        "done \u00E2\u0153\u2026",
        "\u00F0\u0178\u02DC\u20AC",
        "\u00EF\u00BB\u00BFid",
        "\u00EF\u00BF\u00BD",
        "Pawe\u00C5\u201A",
        "\u00C5\u00BBukasz",
        "Ali\u00C5\u0178",
        "Da\u00C4\u0178",
        "20\u00C2\u00B0C",
        "\u011F\u0178\u201D\u00A7",
        "\u00D0\u0178\u00D1\u20AC\u00D0\u00B8",
        "\u00E2\u0080\u0099",
        "Wa\u00C5\u00B5n",
        "S\u00C3\u00A3o Paulo"
      })
  void mojibake(String value) {
    assertThat(flags(Rule.MOJIBAKE, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "São Paulo",
        "Ângela",
        "Siân",
        "CORAÇÃO",
        "MAÇÃ”",
        "„MANHÔ",
        "IRMÃ’",
        "voilà »",
        "voilà » dit-il",
        "„Spaß“",
        "hâlâ…”",
        "CAFÉ’S",
        "Ñandú",
        "ESPAÑA…",
        "5 Å²",
        "2 Å±0.1",
        "À bientôt – Zoë",
        "L’Âge d’or",
        "Åsa",
        "Ä…",
        "TRƯỜNG Â",
        "Ngân",
        "NGUYỄN VĂN Ã",
        "Tŷ Ŵyn",
        "Łukasz Żółć",
        "Привет",
        "Ελλάδα",
        "😀 great",
        "Øre–Ås",
        "“Ä”",
        "Île",
        "Ïda",
        "plain",
        "",
        "Ã",
        "20 °C",
        "£20",
        "SMÅ…",
        "Jalapeño®",
        "Đặng",
        "ÅÄÖ"
      })
  void honestAccents(String value) {
    assertThat(flags(Rule.MOJIBAKE, value)).isFalse();
  }

  @Test
  void replacementCharacters() {
    assertThat(flags(Rule.REPLACEMENT_CHARACTER, "4 M\uFFFDr Road")).isTrue();
    assertThat(flags(Rule.REPLACEMENT_CHARACTER, "\uFFFC\uFFFE\uFF3D é")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOJIBAKE | text | true",
        "MOJIBAKE | character varying(10) | true",
        "MOJIBAKE | json | true",
        "MOJIBAKE | citext | true",
        "MOJIBAKE | text[] | true",
        "MOJIBAKE | \"CustomerStatus\" | true",
        "MOJIBAKE | bytea | false",
        "MOJIBAKE | UUID | false",
        "MOJIBAKE | daterange | false",
        "MOJIBAKE | timestamp(3) without time zone | false",
        "DATE_OUT_OF_RANGE | date | true",
        "DATE_OUT_OF_RANGE | timestamp(3) without time zone | true",
        "DATE_OUT_OF_RANGE | timestamp with time zone | true",
        "DATE_OUT_OF_RANGE | timestamp with time zone[] | false",
        "DATE_OUT_OF_RANGE | time without time zone | false",
        "DATE_OUT_OF_RANGE | text | false",
      })
  void typesThatARuleUnderstands(Rule rule, String type, boolean suits) {
    Column column =
        new Column("c", "c", type, ValueKind.TEXT, false, false, Column.Generation.NONE);
    assertThat(Check.suits(rule, column)).isEqualTo(suits);
  }

  private static boolean flags(Rule rule, String value) {
    TextRow row = new TextRow("before", value, "after");
    return Check.flags(rule, row, 1, row.bytes(), row.start(1), row.end(1));
  }
}
