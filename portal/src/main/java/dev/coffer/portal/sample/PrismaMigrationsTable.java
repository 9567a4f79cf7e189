package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code _prisma_migrations}: the portal's own history, with one step that failed at first. */
record PrismaMigrationsTable(Population population) implements SampleTable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> NAMES =
      List.of(
          "init",
          "add_field_configurations",
          "add_document_templates",
          "add_sms_logs",
          "add_leads",
          "add_lead_checkout",
          "add_lead_checkout",
          "decimal_lead_prices",
          "add_documents_generated_by");
  private static final int FAILED = 5;

  @Override
  public String name() {
    return "_prisma_migrations";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    String hexadecimal = "0123456789abcdef";
    for (int step = 0; step < NAMES.size(); step++) {
      Dice dice = new Dice(population.seed, Stream.PRISMA, step);
      int named = step == FAILED + 1 ? FAILED : step;
      long written = population.calendar.begin() + (named - 2) * 60L * Calendar.DAY;
      Instant startedAt = Instant.ofEpochMilli(written + (step + 1) * Calendar.HOUR);
      String finishedAt = startedAt.plusMillis(80 + dice.below(400)).toString();
      rows.text(
              dice.characters(8, hexadecimal)
                  + "-"
                  + dice.characters(4, hexadecimal)
                  + "-4"
                  + dice.characters(3, hexadecimal)
                  + "-a"
                  + dice.characters(3, hexadecimal)
                  + "-"
                  + dice.characters(12, hexadecimal))
          .text(dice.characters(64, hexadecimal))
          .text(step == FAILED ? null : finishedAt)
          .text(STAMP.format(Instant.ofEpochMilli(written)) + "_" + NAMES.get(step))
          .text(
              step == FAILED
                  ? "A migration failed to apply.\n\nDatabase error code: 42P07\n\nERROR: relation"
                      + " \"Lead_checked_out_at_idx\" already exists"
                  : null)
          .text(step == FAILED ? finishedAt : null)
          .text(startedAt.toString())
          .number(step == FAILED ? 0 : 1)
          .endRow();
    }
  }
}
