package dev.coffer.portal.communications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.portal.Query;
import dev.coffer.portal.TestServer;
import dev.coffer.portal.sample.SamplePortal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class CommunicationsMigrationTest {
  private static final String OBJECTS =
      """
      SELECT 'relation', oid, relname, xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'constraint', oid, conname, xmin FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT 'trigger', oid, tgname, xmin FROM pg_trigger
      UNION ALL SELECT 'function', oid, proname, xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT 'rule', oid, rulename, xmin FROM pg_rewrite WHERE ev_class > 16384
      ORDER BY 1, 2
      """;

  private static DataSource emptyPortal() {
    DataSource database = TestServer.newDatabase();
    SamplePortal.migrate(database);
    return database;
  }

  private static Plan apply(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return CommunicationsMigration.apply(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Plan plan(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return CommunicationsMigration.plan(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void plansWithoutChangingAnything() {
    DataSource database = emptyPortal();
    List<String> before = Query.texts(database, OBJECTS);

    Plan plan = plan(database);

    assertThat(plan.isDone()).isFalse();
    assertThat(plan.schema()).isEqualTo("public");
    assertThat(plan.objects(Plan.State.CREATE))
        .contains("table EmailLog", "table CommunicationLog", "view CommunicationSummaryView");
    assertThat(plan.objects(Plan.State.EXISTS)).isEmpty();
    assertThat(Query.texts(database, OBJECTS)).isEqualTo(before);
  }

  @Test
  void changesNothingTheSecondTime() {
    DataSource database = emptyPortal();
    apply(database);
    List<String> before = Query.texts(database, OBJECTS);

    Plan second = apply(database);

    assertThat(second.isDone()).isTrue();
    assertThat(second.sql()).isEmpty();
    assertThat(Query.texts(database, OBJECTS)).isEqualTo(before);
  }

  @Test
  void leavesThePortalsOwnObjectsAsTheyAre() {
    DataSource database = emptyPortal();
    String columns =
        "SELECT table_name, column_name, data_type, column_default, is_nullable FROM"
            + " information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN"
            + " ('EmailLog', 'CommunicationLog', 'CommunicationSummaryView') ORDER BY 1, 2";
    List<String> before = Query.texts(database, columns);

    apply(database);

    assertThat(Query.texts(database, columns)).isEqualTo(before);
  }

  @Test
  void givesAScriptThatRunsByItselfAndRepeatedly() {
    DataSource database = emptyPortal();

    Query.run(database, CommunicationsMigration.sql());
    Query.run(database, CommunicationsMigration.sql());

    assertThat(plan(database).isDone()).isTrue();
  }

  @Test
  void rollsBackOnFailure() {
    DataSource database = emptyPortal();
    Query.run(database, "CREATE TABLE obstacle (id int)");
    Query.run(
        database,
        """
        CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no views here'; END $$
        """);
    Query.run(
        database,
        "CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE"
            + " FUNCTION refuse()");
    List<String> before = Query.texts(database, OBJECTS);

    assertThatThrownBy(() -> apply(database))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED));
    assertThat(Query.texts(database, OBJECTS)).isEqualTo(before);
  }

  @Test
  void refusesADatabaseWithoutSales() {
    DataSource database = TestServer.newDatabase();

    assertThatThrownBy(() -> plan(database))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
    assertThat(Query.tables(database)).isEmpty();
  }

  @Test
  void refusesATableOfAnotherShapeUnderTheSameName() {
    DataSource database = emptyPortal();
    Query.run(database, "CREATE TABLE \"EmailLog\" (id text)");

    assertThatThrownBy(() -> apply(database))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_EXISTS));
    assertThat(Query.tables(database)).doesNotContain("public.\"CommunicationLog\"");
  }

  @Test
  void adaptsToAPortalWithoutLeadsOrTextsAndCatchesUpLater() {
    DataSource whole = emptyPortal();
    DataSource database = TestServer.newDatabase();
    Query.run(
        database,
        """
        CREATE TABLE sales (id text PRIMARY KEY, "customerFirstName" text, "customerLastName" text,
          email text, "phoneNumber" text);
        INSERT INTO sales VALUES ('s', 'Siân', 'O''Brien', 's@mailbox.example', '07700 900123');
        """);

    Plan first = apply(database);
    Query.run(
        database,
        "INSERT INTO \"CommunicationLog\" (\"saleId\", \"communicationType\") VALUES ('s', 'call')");
    List<String> summary =
        Query.texts(
            database,
            "SELECT \"customerId\", \"totalCalls\", \"totalSms\", \"totalCommunications\" FROM"
                + " \"CommunicationSummaryView\"");
    Query.run(
        database,
        """
        CREATE TABLE "Lead" (id text PRIMARY KEY, customer_first_name text, customer_last_name text,
          email text, phone_number text);
        INSERT INTO "Lead" VALUES ('l', 'Zoë', 'Testa', 'z@mailbox.example', '07700 900124');
        CREATE TABLE sms_logs ("saleId" text, "smsStatus" text, "smsSentAt" timestamp(3));
        """);
    Plan later = apply(database);

    assertThat(first.missing()).containsExactly("Lead", "sms_logs");
    assertThat(summary).containsExactly("s|1|0|1");
    assertThat(later.objects(Plan.State.CREATE))
        .containsExactly(
            "constraint EmailLog_leadId_fkey", "constraint CommunicationLog_leadId_fkey");
    assertThat(later.objects(Plan.State.REPLACE)).containsExactly("view CommunicationSummaryView");
    assertThat(Query.number(database, "SELECT count(*) FROM \"CommunicationSummaryView\""))
        .isEqualTo(2);
    assertThat(plan(database).isDone()).isTrue();
    apply(whole);
    assertThat(viewDefinition(database)).isEqualTo(viewDefinition(whole));
  }

  private static String viewDefinition(DataSource database) {
    String query = "SELECT pg_get_viewdef('\"CommunicationSummaryView\"'::regclass)";
    return Query.texts(database, query)
        .getFirst()
        .replace("(sms_logs.\"smsStatus\")::text", "sms_logs.\"smsStatus\"");
  }

  @Test
  void followsTheSearchPathToThePortalsSchema() throws SQLException {
    DataSource database = TestServer.newDatabase();
    Query.run(
        database,
        """
        CREATE SCHEMA "Shop 1";
        CREATE TABLE "Shop 1".sales (id text PRIMARY KEY, "customerFirstName" text,
          "customerLastName" text, email text, "phoneNumber" text);
        """);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = public, \"Shop 1\"");
      CommunicationsMigration.apply(connection);
      assertThat(CommunicationsMigration.plan(connection).isDone()).isTrue();
    }

    assertThat(Query.tables(database))
        .containsExactly(
            "\"Shop 1\".\"CommunicationLog\"", "\"Shop 1\".\"EmailLog\"", "\"Shop 1\".sales");
  }

  @Test
  void keepsHistoryWhenASaleIsDeletedAndTouchesUpdatedAt() {
    DataSource database = TestServer.newDatabase();
    Query.run(
        database,
        """
        CREATE TABLE sales (id text PRIMARY KEY, "customerFirstName" text, "customerLastName" text,
          email text, "phoneNumber" text);
        INSERT INTO sales (id) VALUES ('s');
        """);
    apply(database);
    Query.run(
        database,
        """
        INSERT INTO "EmailLog" (id, "saleId", "recipientEmail", "senderEmail", subject, "messageContent", "updatedAt")
          VALUES ('a', 's', 'x@mailbox.example', 'y@mailbox.example', '', '', '2020-01-01'),
                 ('b', 's', 'x@mailbox.example', 'y@mailbox.example', '', '', '2020-01-01');
        UPDATE "EmailLog" SET subject = 'new' WHERE id = 'a';
        UPDATE "EmailLog" SET "updatedAt" = '2019-01-01' WHERE id = 'b';
        """);
    List<String> touched =
        Query.texts(
            database,
            "SELECT id, \"updatedAt\" > '2026-01-01', \"updatedAt\" < '2020-01-01' FROM \"EmailLog\" ORDER BY 1");
    Query.run(database, "DELETE FROM sales");

    assertThat(touched).containsExactly("a|t|f", "b|f|t");
    assertThat(Query.number(database, "SELECT count(*) FROM \"EmailLog\" WHERE \"saleId\" IS NULL"))
        .isEqualTo(2);
  }
}
