package dev.coffer.portal.sample;

import java.sql.SQLException;

/** {@code appliances}: what each sale covers. */
record AppliancesTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "appliances";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    long index = 0;
    for (int sale = 0; sale < population.counts.sales(); sale++) {
      String saleId = population.saleId(sale);
      long soldAt = population.saleTime(sale);
      for (int number = 0; number < population.applianceCount(sale); number++) {
        ApplianceCover cover = ApplianceCover.of(population.seed, sale, number);
        rows.text(Cuid.of(population.seed, Stream.APPLIANCE, index++, soldAt))
            .text(saleId)
            .text(cover.type())
            .text(cover.otherText())
            .number(cover.limit())
            .pounds(cover.cost())
            .endRow();
      }
    }
  }
}
