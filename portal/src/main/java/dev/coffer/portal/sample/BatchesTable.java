package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.time.LocalDate;

/** {@code LeadImportBatch}: files of leads bought in. */
record BatchesTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "LeadImportBatch";
  }

  static String id(Population population, int batch) {
    return Cuid.of(population.seed, Stream.BATCH, batch, population.batchTime(batch));
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int batch = 0; batch < population.counts.batches(); batch++) {
      Dice dice = new Dice(population.seed, Stream.BATCH, batch);
      int successful = population.batchSize(batch);
      int failed = dice.weighted(5, 2, 1, 1, 1);
      LocalDate date = LocalDate.ofEpochDay(population.batchTime(batch) / Calendar.DAY);
      rows.text(id(population, batch))
          .text("leads " + date + (dice.chance(0.2) ? " (corrected).csv" : ".csv"))
          .text(population.userId(batch % 2))
          .time(population.batchTime(batch))
          .number(successful + failed)
          .number(successful)
          .number(failed)
          .text(failed == 0 ? null : "/storage/imports/errors-" + date + ".csv")
          .text(
              "{\"delimiter\": \""
                  + (dice.chance(0.5) ? ";" : "\\t")
                  + "\", \"encoding\": \"utf-8\"}")
          .endRow();
    }
  }
}
