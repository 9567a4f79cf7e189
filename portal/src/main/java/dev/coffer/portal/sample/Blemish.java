package dev.coffer.portal.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A bad value that takes the place of the good one in one row. Rows that refer to it keep the good
 * value, as if the data had been spoilt later: so each flaw shows up exactly once.
 */
record Blemish(String rule, String table, String column, String value) {
  private static final List<Blemish> ALL =
      List.of(
          new Blemish("placeholder-domain", "sales", "email", "john.smith@test.com"),
          new Blemish("placeholder-text", "sales", "customerFirstName", "TEST"),
          new Blemish("repeated-digits", "sales", "phoneNumber", "07777777777"),
          new Blemish("sequential-digits", "sales", "accountNumber", "12345678"),
          new Blemish("impossible-sort-code", "sales", "sortCode", "00-00-00"),
          new Blemish("mojibake", "sales", "customerFirstName", "Si\u00C3\u00A2n"),
          new Blemish("replacement-character", "Lead", "notes", "Caf\uFFFD owner, call early."),
          new Blemish("date-out-of-range", "sales", "directDebitDate", "0024-06-14 00:00:00"),
          new Blemish("orphan", "CommunicationLog", "agentId", "cl9x2k4qf0007qw08h2m5n1zt"),
          new Blemish("placeholder-domain", "Lead", "email", "none@mailinator.com"),
          new Blemish("placeholder-domain", "sales", "email", "customer@example.com"),
          new Blemish("placeholder-domain", "Lead", "email", "asdf@noemail.com"),
          new Blemish("placeholder-domain", "EmailLog", "recipientEmail", "nobody@placeholder.com"),
          new Blemish("placeholder-text", "sales", "mailingStreet", "n/a"),
          new Blemish("placeholder-text", "Lead", "customer_last_name", "Unknown"),
          new Blemish("placeholder-text", "Lead", "mailing_city", "xxx"),
          new Blemish("placeholder-text", "sales", "customerLastName", "Lorem Ipsum"),
          new Blemish("repeated-digits", "sales", "accountNumber", "00000000"),
          new Blemish("repeated-digits", "sales", "accountNumber", "11111111"),
          new Blemish("repeated-digits", "Lead", "phone_number", "0000000000"),
          new Blemish("repeated-digits", "sms_logs", "phoneNumber", "07777777777"),
          new Blemish("sequential-digits", "sales", "phoneNumber", "01234567890"),
          new Blemish("sequential-digits", "Lead", "phone_number", "01234567890"),
          new Blemish("sequential-digits", "sales", "accountNumber", "12345678"),
          new Blemish("impossible-sort-code", "sales", "sortCode", "99-99-99"),
          new Blemish("impossible-sort-code", "sales", "sortCode", "20-45-7"),
          new Blemish("impossible-sort-code", "sales", "sortCode", "4O-12-83"),
          new Blemish("mojibake", "Lead", "customer_last_name", "O\u00E2\u20AC\u2122Brien"),
          new Blemish("mojibake", "sales", "notes", "Goodwill of \u00C2\u00A320 agreed."),
          new Blemish("mojibake", "sms_logs", "messageContent", "We owe you \u00C2\u00A320."),
          new Blemish("replacement-character", "sales", "mailingStreet", "4 M\uFFFDr Road"),
          new Blemish(
              "replacement-character",
              "LeadDispositionHistory",
              "notes",
              "Said \uFFFDno thanks\uFFFD"),
          new Blemish("date-out-of-range", "sales", "directDebitDate", "2924-03-01 00:00:00"),
          new Blemish("date-out-of-range", "Lead", "callback_at", "0001-01-01 00:00:00"),
          new Blemish("orphan", "CommunicationLog", "agentId", "ckz0v7y3b0042ab12c3d4e5f6"),
          new Blemish("orphan", "CommunicationLog", "agentId", "cl4tgh8s10013zz01aa2bb3cc"));

  private static final int RULES = 9;

  /**
   * The blemishes of a sample: all at scale 1 and above, below it fewer, each rule at least once.
   */
  static List<Blemish> at(double scale) {
    long count = Math.clamp(Math.round(ALL.size() * scale), RULES, ALL.size());
    return ALL.subList(0, (int) count);
  }

  /**
   * Chooses the rows of one table that are spoilt, far from one another and never twice the same.
   *
   * @param spared tells the rows that must stay good
   */
  static List<Placed> place(List<Blemish> blemishes, String table, int rows, IntPredicate spared) {
    List<Blemish> here = blemishes.stream().filter(b -> b.table().equals(table)).toList();
    TreeSet<Integer> taken = new TreeSet<>();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      int row = (int) ((2L * i + 1) * rows / (2L * here.size()));
      for (int tries = 0; taken.contains(row) || spared.test(row); tries++) {
        if (tries > rows) {
          throw new IllegalArgumentException("The scale leaves no row of " + table + " to spoil.");
        }
        row = (row + 1) % rows;
      }
      taken.add(row);
      placed.add(new Placed(row, here.get(i)));
    }
    placed.sort(Comparator.comparingInt(Placed::row));
    return List.copyOf(placed);
  }

  /** A blemish and the index of the row that has it. */
  record Placed(int row, Blemish blemish) {}

  /** The bad value if the row's blemish is in this column, else the good one. */
  static @Nullable String or(@Nullable Blemish blemish, String column, @Nullable String good) {
    return blemish != null && blemish.column().equals(column) ? blemish.value() : good;
  }
}
