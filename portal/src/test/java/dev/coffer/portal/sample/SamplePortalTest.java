package dev.coffer.portal.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.portal.Query;
import dev.coffer.portal.TestServer;
import dev.coffer.testkit.Servers;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SamplePortalTest {
  private static final DataSource DATABASE = SharedSample.AT_SCALE_ONE.database();
  private static final SamplePortal.Summary SUMMARY = SharedSample.AT_SCALE_ONE.summary();

  private static long count(String fromWhere) {
    return Query.number(DATABASE, "SELECT count(*) FROM " + fromWhere);
  }

  @Test
  void holdsTheSeedsRecordsAtScaleOne() {
    long total = Query.tables(DATABASE).stream().mapToLong(SamplePortalTest::count).sum();

    assertThat(total).isEqualTo(15_247);
    assertThat(SUMMARY.totalRows()).isEqualTo(15_247);
    assertThat(count("sms_logs")).isEqualTo(432);
    assertThat(count("sms_logs WHERE \"smsStatus\" = 'SENT'")).isEqualTo(407);
    assertThat(count("generated_documents")).isEqualTo(156);
    assertThat(count("\"EmailLog\"")).isEqualTo(89);
    assertThat(count("\"EmailLog\" WHERE \"emailStatus\" IN ('SENT', 'OPENED', 'CLICKED')"))
        .isEqualTo(81);
  }

  @Test
  void tellsTheRowsOfEachTable() {
    for (var table : SUMMARY.rows().entrySet()) {
      assertThat(count("\"" + table.getKey() + "\""))
          .as(table.getKey())
          .isEqualTo(table.getValue());
    }
    assertThat(SUMMARY.rows()).hasSameSizeAs(Query.tables(DATABASE));
  }

  @Test
  void givesTheSameDataForTheSameSeedAndOtherDataForAnother() {
    List<Map<String, String>> hashes =
        LongStream.of(7, 7, 8)
            .mapToObj(seed -> {
              DataSource database = TestServer.newDatabase();
              SamplePortal.create(
                  database, new SamplePortal.Options(0.1, seed, SamplePortal.Options.DEFAULT_NOW));
              return Query.hashes(database);
            })
            .toList();

    assertThat(hashes.get(1)).isEqualTo(hashes.get(0)).hasSize(15);
    assertThat(hashes.get(2).get("public.sales")).isNotEqualTo(hashes.get(0).get("public.sales"));
  }

  @Test
  void scalesDownToAHandfulOfRows() {
    DataSource small = TestServer.newDatabase();

    SamplePortal.Summary built = SamplePortal.create(small, SamplePortal.Options.ofScale(0.01));

    assertThat(built.totalRows()).isBetween(100L, 300L);
    assertThat(built.plantedFlaws().countsByRule()).hasSize(9);
  }

  @Test
  void buildsOnTheNewestRelease() {
    DataSource newest = TestServer.newDatabase(Servers.embedded(18));

    SamplePortal.create(newest, SamplePortal.Options.ofScale(0.01));

    assertThat(Query.number(newest, "SELECT count(*) FROM \"CommunicationSummaryView\""))
        .isEqualTo(
            Query.number(newest, "SELECT (SELECT count(*) FROM sales) + count(*) FROM \"Lead\""));
  }

  @Test
  void refusesAScaleThatMakesNoSense() {
    assertThatThrownBy(() -> SamplePortal.Options.ofScale(Double.NaN))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void refusesADatabaseThatHasTables() {
    assertThatThrownBy(() -> SamplePortal.create(DATABASE, SamplePortal.Options.ofScale(1)))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_EXISTS));
  }

  @Test
  void hasTheSchemaOfTheMigrationsAlone() {
    DataSource empty = TestServer.newDatabase();
    SamplePortal.migrate(empty);

    String constraints =
        """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text !~ 'EmailLog|CommunicationLog'
        ORDER BY 1, 2
        """;
    String indexes =
        """
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        AND tablename NOT IN ('EmailLog', 'CommunicationLog') ORDER BY 1
        """;
    assertThat(Query.texts(DATABASE, constraints)).isEqualTo(Query.texts(empty, constraints));
    assertThat(Query.texts(DATABASE, indexes)).isEqualTo(Query.texts(empty, indexes)).hasSize(21);
    assertThat(Query.tables(empty)).hasSize(13);
  }

  @Test
  void keepsLeadsAndTheirSalesConsistent() {
    String linked =
        "\"LeadToSaleLink\" k JOIN \"Lead\" l ON l.id = k.lead_id JOIN sales s ON s.id = k.sale_id";
    assertThat(count(linked)).isEqualTo(262);
    assertThat(
            count(
                linked
                    + " WHERE (customer_first_name, customer_last_name, phone_number, l.email,"
                    + " mailing_street) IS NOT DISTINCT FROM (\"customerFirstName\","
                    + " \"customerLastName\", \"phoneNumber\", s.email, \"mailingStreet\")"
                    + " AND current_status = 'SALE_MADE' AND l.created_at < s.\"createdAt\""
                    + " AND s.\"createdAt\" < converted_at AND converted_by = s.\"createdById\""))
        .isEqualTo(262);
    assertThat(count("\"Lead\" WHERE current_status = 'SALE_MADE'")).isEqualTo(262);
    assertThat(
            count(
                "\"Lead\" l WHERE times_contacted <> (SELECT count(*) FROM"
                    + " \"LeadDispositionHistory\" h WHERE h.lead_id = l.id)"))
        .isZero();
    assertThat(
            count(
                "\"Lead\" l JOIN LATERAL (SELECT * FROM \"LeadDispositionHistory\" h WHERE"
                    + " h.lead_id = l.id ORDER BY created_at DESC LIMIT 1) h ON true WHERE"
                    + " h.status <> current_status OR h.created_at <> last_disposition_at"))
        .isZero();
    assertThat(
            count(
                "\"LeadImportBatch\" b WHERE successful_rows <> (SELECT count(*) FROM \"Lead\" l"
                    + " WHERE l.import_batch_id = b.id)"))
        .isZero();
  }

  @Test
  void addsUpCostsAndNeverUpdatesBeforeCreating() {
    assertThat(
            count(
                "sales s WHERE abs(\"totalPlanCost\" - coalesce(\"boilerPriceSelected\", 0)"
                    + " - coalesce((SELECT sum(cost) FROM appliances a WHERE a.\"saleId\" = s.id), 0))"
                    + " > 0.001"))
        .isZero();
    assertThat(count("sales WHERE \"updatedAt\" < \"createdAt\"")).isZero();
    assertThat(count("users WHERE \"updatedAt\" < \"createdAt\"")).isZero();
    assertThat(
            count("sms_logs WHERE \"updatedAt\" < \"createdAt\" OR \"smsSentAt\" < \"createdAt\""))
        .isZero();
    assertThat(count("\"EmailLog\" WHERE \"updatedAt\" < \"createdAt\"")).isZero();
    assertThat(count("\"Lead\" WHERE updated_at < created_at")).isZero();
    assertThat(
            count(
                "sales s WHERE \"documentsGenerated\" <> EXISTS (SELECT FROM generated_documents d"
                    + " WHERE d.\"saleId\" = s.id)"))
        .isZero();
    assertThat(count("sales WHERE \"updatedAt\" > '2026-01-25 14:30:45.123'")).isZero();
  }

  @Test
  void looksLikeBritainAndReachesNobody() {
    assertThat(count("sales WHERE length(id) <> 25 OR id !~ '^c[0-9a-z]{24}$'")).isZero();
    assertThat(count("users WHERE password !~ '^\\$2b\\$12\\$[./A-Za-z0-9]{53}$'")).isZero();
    assertThat(
            count(
                "sales WHERE \"mailingPostalCode\" !~ '^[A-Z]{1,2}[0-9]{1,2}"
                    + " [0-9][ABD-HJLNP-UW-Z]{2}$'"))
        .isZero();
    assertThat(
            count(
                "sales WHERE regexp_replace(\"phoneNumber\", '^(\\+44 ?|0)|[ ]', '', 'g')"
                    + " !~ '^7700900[0-9]{3}$'"))
        .isEqualTo(2);
    assertThat(count("sales WHERE email !~ '^[a-z0-9.]+@[a-z.]+\\.example$'")).isEqualTo(2);
    assertThat(count("sales WHERE \"customerLastName\" = 'Testa'")).isPositive();
    assertThat(count("sales WHERE \"mailingStreet\" LIKE '%Placeholder Way'")).isPositive();
    for (String character : new String[] {"E'\\n'", "E'\\r'", "E'\\t'", "E'\\\\'", "'\"'", "';'"}) {
      assertThat(count("sales WHERE position(" + character + " in notes) > 0"))
          .as(character)
          .isPositive();
    }
  }
}
