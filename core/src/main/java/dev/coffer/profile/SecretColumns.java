package dev.coffer.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a column's name and type whether it looks like a secret. A name is split into words at
 * underscores, signs and changes of case; one or more neighbouring words, written as one, must be a
 * phrase below. What a name says last decides what the column holds: a {@code tokenCount} is a
 * count.
 */
final class SecretColumns {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "[^\\p{L}\\p{N}]+"
              + "|(?<=\\p{Ll})(?=\\p{Lu})"
              + "|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"
              + "|(?<=\\p{L})(?=\\p{N})"
              + "|(?<=\\p{N})(?=\\p{L})");

  private static final int LONGEST_PHRASE = 4;

  private static final Map<String, String> PHRASES = phrases();

  /** Phrases whose columns of numbers count something: {@code max_tokens integer}. */
  private static final Set<String> NEVER_NUMBERS =
      Set.of("token", "tokens", "secret", "secrets", "password", "passwords");

  private static final Set<String> HARMLESS_ENDINGS =
      Set.of(
          "algorithm",
          "at",
          "attempts",
          "by",
          "changed",
          "count",
          "counts",
          "date",
          "days",
          "description",
          "enabled",
          "expired",
          "expires",
          "expiry",
          "field",
          "format",
          "id",
          "ids",
          "index",
          "label",
          "last",
          "length",
          "limit",
          "mask",
          "max",
          "min",
          "name",
          "policy",
          "position",
          "regex",
          "required",
          "scope",
          "size",
          "status",
          "strength",
          "time",
          "timestamp",
          "total",
          "type",
          "types",
          "updated",
          "url",
          "usage",
          "used",
          "version");

  private static final Set<String> HARMLESS_BEGINNINGS =
      Set.of("is", "has", "had", "needs", "requires", "must", "can", "should");

  private static final Set<String> BEFORE_PIN =
      Set.of(
          "account",
          "atm",
          "bank",
          "card",
          "customer",
          "debit",
          "device",
          "door",
          "hashed",
          "login",
          "phone",
          "security",
          "sim",
          "unlock",
          "user");

  private static final Pattern TYPE_WITHOUT_SECRETS =
      Pattern.compile("(boolean|date|time|timestamp|interval)\\b.*");

  private static final Pattern NUMBER_TYPE =
      Pattern.compile("(smallint|integer|bigint|numeric|real|double precision)\\b.*");

  private SecretColumns() {}

  /**
   * Why a column of this name and type looks like a secret, in words that continue "its name says";
   * empty where it does not.
   */
  static Optional<String> suspicion(String column, String type) {
    List<String> words = words(column);
    if (words.isEmpty()
        || HARMLESS_BEGINNINGS.contains(words.getFirst())
        || HARMLESS_ENDINGS.contains(lastWord(words))) {
      return Optional.empty();
    }
    if (isPin(words)) {
      return Optional.of("PIN");
    }
    if (words.equals(List.of("pan"))) {
      return Optional.of("card number");
    }
    boolean number = NUMBER_TYPE.matcher(type).matches();
    for (int from = 0; from < words.size(); from++) {
      StringBuilder phrase = new StringBuilder();
      for (int to = from; to < Math.min(words.size(), from + LONGEST_PHRASE); to++) {
        String found = PHRASES.get(phrase.append(words.get(to)).toString());
        if (found != null && !(number && NEVER_NUMBERS.contains(phrase.toString()))) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no value of the type can be a secret. */
  static boolean cannotHoldSecret(String type) {
    return TYPE_WITHOUT_SECRETS.matcher(type).matches();
  }

  private static List<String> words(String column) {
    List<String> words = new ArrayList<>();
    for (String word : BOUNDARY.splitAsStream(column).toList()) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** The last word that is not a number, as in {@code token_count_2}. */
  private static String lastWord(List<String> words) {
    for (int at = words.size() - 1; at > 0; at--) {
      if (!Character.isDigit(words.get(at).codePointAt(0))) {
        return words.get(at);
      }
    }
    return words.getFirst();
  }

  /** A pin alone is a secret, or one that a person or a card has: a {@code map_pin} is not. */
  private static boolean isPin(List<String> words) {
    int at = words.indexOf("pin");
    return at >= 0 && (words.size() == 1 || (at > 0 && BEFORE_PIN.contains(words.get(at - 1))));
  }

  private static Map<String, String> phrases() {
    Map<String, String> phrases = new LinkedHashMap<>();
    put(
        phrases,
        "password",
        "password",
        "passwords",
        "passwd",
        "pwd",
        "passphrase",
        "passcode",
        "userpass",
        "dbpass",
        "pswd");
    put(phrases, "secret", "secret", "secrets", "credential", "credentials", "securityanswer");
    put(phrases, "token", "token", "tokens", "jwt", "bearer");
    put(
        phrases,
        "API key",
        "apikey",
        "apikeys",
        "accesskey",
        "authkey",
        "licensekey",
        "licencekey");
    put(
        phrases,
        "private key",
        "privatekey",
        "privkey",
        "secretkey",
        "signingkey",
        "encryptionkey",
        "sshkey",
        "masterkey",
        "hmackey",
        "seedphrase",
        "mnemonic",
        "keyphrase");
    put(
        phrases,
        "one-time code",
        "otp",
        "totp",
        "hotp",
        "recoverycode",
        "recoverycodes",
        "backupcode",
        "backupcodes",
        "verificationcode",
        "securitycode",
        "onetimecode");
    put(phrases, "PIN", "pincode", "pinnumber", "pinhash", "pinno");
    put(phrases, "IBAN", "iban");
    put(
        phrases,
        "bank account number",
        "accountnumber",
        "accountno",
        "accountnum",
        "acctnumber",
        "acctno",
        "acctnum",
        "bankaccount",
        "banknumber",
        "routingnumber");
    put(phrases, "sort code", "sortcode");
    put(
        phrases,
        "card number",
        "cardnumber",
        "cardno",
        "cardnum",
        "creditcard",
        "debitcard",
        "ccnumber",
        "ccnum",
        "ccno",
        "cardpan",
        "pannumber");
    put(phrases, "card check number", "cvv", "cvc", "cardcode", "cardsecurity");
    put(
        phrases,
        "national insurance or social security number",
        "ssn",
        "socialsecurity",
        "socialsecuritynumber",
        "nationalinsurance",
        "nationalinsurancenumber",
        "nino",
        "ninumber");
    put(
        phrases,
        "passport, licence or tax number",
        "passportnumber",
        "passportno",
        "drivinglicence",
        "driverslicense",
        "driverlicense",
        "drivinglicencenumber",
        "taxidnumber",
        "nationalidnumber");
    return phrases;
  }

  private static void put(Map<String, String> phrases, String reason, String... spellings) {
    for (String spelling : spellings) {
      phrases.put(spelling, reason);
    }
  }
}
