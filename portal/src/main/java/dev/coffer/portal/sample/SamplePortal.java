package dev.coffer.portal.sample;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.portal.communications.CommunicationsMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Builds a made-up sales portal in an empty database, always the same for the same options.
 *
 * <p>At scale 1 all tables of the database together hold 15,247 rows, of which 432 in {@code
 * sms_logs} (94.2 % sent), 156 in {@code generated_documents} and 89 in {@code EmailLog} (91.0 %
 * arrived); other scales multiply what grows with business. Keys and indexes are made after the
 * rows, by the second half of the same migrations, so the result does not differ from an empty
 * portal that was filled later. Rows lie in the order of time.
 *
 * <p>The one link without a constraint, on which the planted orphans hang, is {@code
 * CommunicationLog.agentId}: who called stays on record after the account is gone.
 */
public final class SamplePortal {
  private static final int CONNECTIONS = 3;

  private SamplePortal() {}

  /**
   * What to build: how large, from which seed, and the instant at which its three years end.
   *
   * @param scale from 0.01 up; about 200 gives three million rows
   */
  public record Options(double scale, long seed, Instant now) {
    public static final long DEFAULT_SEED = 20_260_125;
    public static final Instant DEFAULT_NOW = Instant.parse("2026-01-25T14:30:45.123Z");

    public Options {
      if (!(scale >= 0.01 && scale <= 10_000)) {
        throw new CofferException(
            ErrorCode.USAGE,
            "The scale of a sample portal is a number from 0.01 to 10000.",
            "Scale 1 gives 15,247 rows, scale 200 about three million.");
      }
    }

    /** The default seed and end. */
    public static Options ofScale(double scale) {
      return new Options(scale, DEFAULT_SEED, DEFAULT_NOW);
    }
  }

  /**
   * What was built.
   *
   * @param rows rows by physical table name, every table of the database
   */
  public record Summary(Map<String, Long> rows, PlantedFlaws plantedFlaws) {
    public Summary {
      rows = Map.copyOf(rows);
    }

    public long totalRows() {
      return rows.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Gives an empty database the portal's tables, without rows and without the communication tables.
   *
   * @throws CofferException TARGET_EXISTS when the database has tables already, DATABASE_FAILED
   */
  public static void migrate(DataSource database) {
    PortalSchema.tables(database);
    PortalSchema.keys(database);
  }

  /**
   * Fills an empty database with a portal and its communication tables, over three connections, and
   * gathers statistics.
   *
   * @throws CofferException TARGET_EXISTS when the database has tables already, DATABASE_FAILED
   */
  public static Summary create(DataSource database, Options options) {
    Population population =
        new Population(options.seed(), Calendar.until(options.now()), Counts.at(options.scale()));
    List<Blemish> blemishes = Blemish.at(options.scale());
    TableLoader loader = new TableLoader(database, CONNECTIONS);
    Map<String, Long> rows = new TreeMap<>();
    List<SampleTable> portal = portalTables(population, blemishes);
    List<SampleTable> communications =
        List.of(
            new EmailsTable(population, blemishes), new CommunicationsTable(population, blemishes));
    PortalSchema.tables(database);
    rows.putAll(loader.load(portal));
    PortalSchema.keys(database);
    try (Connection connection = database.getConnection()) {
      CommunicationsMigration.apply(connection);
      rows.putAll(loader.load(communications));
      try (Statement statement = connection.createStatement()) {
        statement.execute("ANALYZE");
      }
    } catch (SQLException e) {
      throw PortalSchema.failed("The sample portal could not be built.", e);
    }
    List<PlantedFlaws.PlantedFlaw> planted = new ArrayList<>();
    portal.forEach(table -> planted.addAll(table.planted()));
    communications.forEach(table -> planted.addAll(table.planted()));
    planted.sort(
        Comparator.comparing(PlantedFlaws.PlantedFlaw::rule)
            .thenComparing(PlantedFlaws.PlantedFlaw::table)
            .thenComparing(PlantedFlaws.PlantedFlaw::id));
    return new Summary(rows, new PlantedFlaws(planted));
  }

  /** The largest first, so that the connections finish together. */
  private static List<SampleTable> portalTables(Population population, List<Blemish> blemishes) {
    return List.of(
        new SalesTable(population, blemishes),
        new AppliancesTable(population),
        new LeadsTable(population, blemishes),
        new DispositionsTable(population, blemishes),
        new TextMessagesTable(population, blemishes),
        new LeadAppliancesTable(population),
        new DocumentsTable(population),
        new LinksTable(population),
        new BatchesTable(population),
        new UsersTable(population),
        new FieldConfigurationsTable(population),
        new TemplatesTable(population),
        new PrismaMigrationsTable(population));
  }
}
