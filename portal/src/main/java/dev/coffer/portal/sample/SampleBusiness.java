package dev.coffer.portal.sample;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** What happens in a sample portal after it was built, so that its backups differ. */
public final class SampleBusiness {

  /** Copies of rows that are there, each with keys of its own; ? is the day. */
  private static final List<String> NEW_ROWS =
      List.of(
          copies(
              "sales",
              """
              'createdAt', now()::timestamp(3), 'updatedAt', now()::timestamp(3),
              'email', 'newcustomer' || place || '.' || day || '@mail.example'\
              """,
              "6 * day"),
          copies(
              "sms_logs",
              """
              'createdAt', now()::timestamp(3), 'updatedAt', now()::timestamp(3),
              'smsExternalReference', md5('reference' || day || (one).id),
              'smsStatus', CASE WHEN place % 9 = 0 THEN 'FAILED' ELSE 'SENT' END\
              """,
              "27 * day"),
          copies(
              "\"EmailLog\"",
              """
              'createdAt', now()::timestamp(3), 'updatedAt', now()::timestamp(3),
              'emailExternalReference', md5('reference' || day || (one).id),
              'emailStatus', CASE WHEN place % 8 = 0 THEN 'BOUNCED' ELSE 'OPENED' END\
              """,
              "16 * day"));

  private static final String MOVED =
      """
      UPDATE sales SET "mailingStreet" = 'New Street ' || ?::int, "updatedAt" = now()
      WHERE id IN (SELECT id FROM sales ORDER BY id LIMIT 12)\
      """;

  /** Somebody with messages and documents, whom nothing forbids to delete. */
  private static final String CUSTOMER =
      """
      SELECT s.id, s.email FROM sales s
      WHERE s.email ~ '^[a-z0-9.]+@[a-z0-9.]+$'
        AND NOT EXISTS (SELECT FROM "LeadToSaleLink" l WHERE l.sale_id = s.id)
        AND NOT EXISTS (SELECT FROM "Lead" l WHERE l.email = s.email)
        AND NOT EXISTS (SELECT FROM sales o WHERE o.email = s.email AND o.id <> s.id)
        AND EXISTS (SELECT FROM sms_logs m WHERE m."saleId" = s.id)
        AND EXISTS (SELECT FROM appliances a WHERE a."saleId" = s.id)
      ORDER BY (SELECT count(*) FROM generated_documents d WHERE d."saleId" = s.id) DESC, s.id
      LIMIT 1\
      """;

  private SampleBusiness() {}

  private static String copies(String table, String changes, String count) {
    return """
    INSERT INTO %s
    SELECT (jsonb_populate_record(one, jsonb_build_object(
      'id', 'cm' || substr(md5((one).id || day), 1, 23), %s))).*
    FROM (SELECT ?::int AS day) today
    CROSS JOIN LATERAL (
      SELECT t AS one, row_number() OVER (ORDER BY t.id) AS place FROM %s t) numbered
    WHERE place <= %s\
    """
        .formatted(table, changes, table, count);
  }

  /**
   * New sales, text messages and e-mails, of which some fail, and customers who move.
   *
   * @param day from 1 up; each day happens once
   */
  public static void goOn(DataSource database, int day) {
    try (Connection connection = database.getConnection()) {
      for (String statement : NEW_ROWS) {
        run(connection, statement, day);
      }
      run(connection, MOVED, day);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static void run(Connection connection, String sql, int day) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, day);
      statement.executeUpdate();
    }
  }

  /** Deletes a customer with all that hangs on the sale, and gives the e-mail address. */
  public static String loseACustomer(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(CUSTOMER);
        PreparedStatement delete = connection.prepareStatement("DELETE FROM sales WHERE id = ?")) {
      if (!found.next()) {
        throw new CofferException(
            ErrorCode.RECORD_NOT_FOUND, "the sample portal has nobody to lose", "");
      }
      String email = found.getString(2);
      delete.setString(1, found.getString(1));
      delete.executeUpdate();
      return email;
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static CofferException failed(SQLException failure) {
    return PortalSchema.failed("The sample portal could not be changed.", failure);
  }
}
