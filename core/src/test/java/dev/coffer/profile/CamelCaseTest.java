package dev.coffer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CamelCaseTest {

  @ParameterizedTest
  @CsvSource({
    "customer_first_name, customerFirstName",
    "is_item, isItem",
    "saleId, saleId",
    "_prisma_migrations, _prismaMigrations",
    "__a_b, __aB",
    "Lead, Lead",
    "Lead_note, LeadNote",
    "SKU_CODE, SKU_CODE",
    "A_b_c, A_bC",
    "address_line_1, addressLine1",
    "a__b, a__b",
    "trailing_, trailing_",
    "a_, a_",
    "größe_äußere, größeÄußere",
    "tab le_x, tab leX",
    "'a_\"b', 'a_\"b'",
    "x_𝒶, x𝒶",
  })
  void dropsUnderscoresBetweenSmallLetters(String name, String key) {
    assertThat(CamelCase.of(name)).isEqualTo(key);
    assertThat(CamelCase.of(key)).as("twice").isEqualTo(key);
  }
}
