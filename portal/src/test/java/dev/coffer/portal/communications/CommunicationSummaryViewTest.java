package dev.coffer.portal.communications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.portal.Query;
import dev.coffer.portal.TestServer;
import dev.coffer.portal.sample.SamplePortal;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The view against one plain count for each number and customer. */
class CommunicationSummaryViewTest {
  private static final List<String> NUMBERS =
      List.of(
          "totalEmails",
          "emailsNotSent",
          "emailsSending",
          "emailsSent",
          "emailsFailed",
          "emailsBounced",
          "emailsOpened",
          "emailsClicked",
          "totalSms",
          "smsNotSent",
          "smsSending",
          "smsSent",
          "smsFailed",
          "smsSkipped",
          "totalCalls",
          "totalLetters",
          "totalMeetings",
          "loggedCommunications");

  private static DataSource database;

  @BeforeAll
  static void create() {
    database = TestServer.newDatabase();
    SamplePortal.create(database, SamplePortal.Options.ofScale(0.2));
    // Both ids in one row, and several rows of each kind for one customer.
    Query.run(
        database,
        """
        UPDATE "EmailLog" e SET "saleId" = k.sale_id, "leadId" = k.lead_id
        FROM (SELECT * FROM "LeadToSaleLink" ORDER BY id LIMIT 1) k WHERE e."emailStatus" = 'SENT';
        UPDATE "CommunicationLog" c SET "saleId" = k.sale_id, "leadId" = k.lead_id
        FROM (SELECT * FROM "LeadToSaleLink" ORDER BY id LIMIT 1) k WHERE c."communicationType" = 'letter';
        """);
  }

  private static String select(String numbers) {
    return "SELECT \"customerType\", \"customerId\", " + numbers + " FROM ";
  }

  private static String straightforward(String type, String table, String key) {
    StringBuilder query = new StringBuilder("SELECT '" + type + "', x.id");
    for (String status :
        List.of("%", "NOT_SENT", "SENDING", "SENT", "FAILED", "BOUNCED", "OPENED", "CLICKED")) {
      query.append(
          ", (SELECT count(*) FROM \"EmailLog\" WHERE \"%s\" = x.id AND \"emailStatus\" LIKE '%s')"
              .formatted(key, status));
    }
    for (String status : List.of("%", "NOT_SENT", "SENDING", "SENT", "FAILED", "SKIPPED")) {
      query.append(
          ", (SELECT count(*) FROM sms_logs WHERE \"saleId\" = x.id AND \"smsStatus\"::text LIKE '%s')"
              .formatted(status));
    }
    for (String kind : List.of("call", "letter", "meeting", "%")) {
      query.append(
          (", (SELECT count(*) FROM \"CommunicationLog\" WHERE \"%s\" = x.id AND"
                  + " \"communicationType\" LIKE '%s')")
              .formatted(key, kind));
    }
    return query.append(" FROM \"" + table + "\" x").toString();
  }

  @Test
  void countsLikeOneCountForEachNumber() {
    String numbers = "\"" + String.join("\", \"", NUMBERS) + "\"";
    List<String> expected =
        Query.texts(
            database,
            straightforward("sale", "sales", "saleId")
                + " UNION ALL "
                + straightforward("lead", "Lead", "leadId")
                + " ORDER BY 1, 2");

    List<String> counted =
        Query.texts(database, select(numbers) + "\"CommunicationSummaryView\" ORDER BY 1, 2");

    assertThat(counted).isEqualTo(expected).hasSize(370 + 220);
  }

  @Test
  void sumsUpToTheTables() {
    assertThat(
            Query.texts(
                database,
                "SELECT sum(\"totalSms\"), sum(\"smsSent\"), bool_and(\"totalCommunications\" ="
                    + " \"totalEmails\" + \"totalSms\" + \"loggedCommunications\") FROM"
                    + " \"CommunicationSummaryView\""))
        .containsExactly("86|81|t");
  }

  @Test
  void findsTheLastContactPerChannel() {
    String logged =
        "(SELECT max(\"completedAt\") FROM \"CommunicationLog\" WHERE \"saleId\" = s.id AND status ="
            + " 'completed' AND \"communicationType\" %s)";
    String emailed = "(SELECT max(\"emailSentAt\") FROM \"EmailLog\" WHERE \"saleId\" = s.id)";
    String texted = "(SELECT max(\"smsSentAt\") FROM sms_logs WHERE \"saleId\" = s.id)";
    List<String> expected =
        Query.texts(
            database,
            "SELECT s.id, greatest(%s, %s), greatest(%s, %s), %s, %s, %s, greatest(%s, %s, %s) FROM sales s ORDER BY 1"
                .formatted(
                    emailed,
                    logged.formatted("= 'email'"),
                    texted,
                    logged.formatted("= 'sms'"),
                    logged.formatted("= 'call'"),
                    logged.formatted("= 'letter'"),
                    logged.formatted("= 'meeting'"),
                    emailed,
                    texted,
                    logged.formatted("IS NOT NULL")));

    assertThat(
            Query.texts(
                database,
                "SELECT \"customerId\", \"lastEmailAt\", \"lastSmsAt\", \"lastCallAt\","
                    + " \"lastLetterAt\", \"lastMeetingAt\", \"lastContactAt\" FROM"
                    + " \"CommunicationSummaryView\" WHERE \"customerType\" = 'sale' ORDER BY 1"))
        .isEqualTo(expected);
  }
}
