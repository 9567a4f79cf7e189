package dev.coffer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "password, password",
    "PASSWORD, password",
    "passwordHash, password",
    "user_passwd, password",
    "pwd2, password",
    "clientSecret, secret",
    "refresh_token, token",
    "resetToken2, token",
    "apiKey, API key",
    "API_KEY, API key",
    "stripeAPIKey, API key",
    "apikey, API key",
    "'PRIVATE KEY', private key",
    "sshPrivateKeyPem, private key",
    "iban, IBAN",
    "IBAN, IBAN",
    "customerIban, IBAN",
    "cardNumber, card number",
    "card_no, card number",
    "pan, card number",
    "card_cvv2, card check number",
    "accountNumber, bank account number",
    "acct_no, bank account number",
    "bankAccount, bank account number",
    "sortCode, sort code",
    "SORTCODE, sort code",
    "ssn, national insurance or social security number",
    "national_insurance_number, national insurance or social security number",
    "NINO, national insurance or social security number",
    "pin, PIN",
    "PIN, PIN",
    "cardPin, PIN",
    "PIN_CODE, PIN",
    "totp, one-time code",
    "passportNumber, 'passport, licence or tax number'",
  })
  void namesThatSaySecret(String name, String reason) {
    assertThat(SecretColumns.suspicion(name, "text")).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokenCount",
        "token_type",
        "card_type",
        "cardId",
        "passport_office",
        "normalizedPhone",
        "pinned",
        "pinColour",
        "map_pin",
        "spinner",
        "created_at",
        "password_changed_at",
        "passwordResetAt",
        "token_expires_at",
        "hasPassword",
        "is_secret",
        "secretary",
        "tokenise",
        "company",
        "japan",
        "panel",
        "frying_pan",
        "accountName",
        "account_manager",
        "bank_name",
        "passenger",
        "compassPoint",
        "email",
        "id",
        "smsExternalReference",
        "keyboard",
        "apiVersion",
        "credit_card_type",
        "accountId",
        "nInOther",
        "sort_order",
        "code",
        "Şifre",
        "__",
        ""
      })
  void namesThatDoNot(String name) {
    assertThat(SecretColumns.suspicion(name, "text")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"max_tokens, integer", "tokens, bigint", "secrets, 'numeric(10,2)'"})
  void countsAreNoSecrets(String name, String type) {
    assertThat(SecretColumns.suspicion(name, type)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pin, integer", "account_number, bigint", "card_number, 'numeric(16,0)'"})
  void secretsMadeOfDigitsMayBeNumbers(String name, String type) {
    assertThat(SecretColumns.suspicion(name, type)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "boolean, true",
    "date, true",
    "timestamp(3) without time zone, true",
    "interval, true",
    "text, false",
    "daterange, false",
    "integer, false"
  })
  void typesThatCannotHoldASecret(String type, boolean cannot) {
    assertThat(SecretColumns.cannotHoldSecret(type)).isEqualTo(cannot);
  }
}
