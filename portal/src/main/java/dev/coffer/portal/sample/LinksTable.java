package dev.coffer.portal.sample;

import java.sql.SQLException;

/** {@code LeadToSaleLink}: which lead became which sale, a moment after the sale was entered. */
record LinksTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "LeadToSaleLink";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    int index = 0;
    for (int i = 0; i < population.counts.leads(); i++) {
      Lead lead = population.lead(i);
      if (lead.converted()) {
        Dice dice = new Dice(population.seed, Stream.LINK, i);
        long time = population.calendar.after(population.saleTime(lead.sale()), dice, 900);
        rows.text(Cuid.of(population.seed, Stream.LINK, index++, time))
            .text(lead.id())
            .text(population.saleId(lead.sale()))
            .time(time)
            .text(population.userId(lead.agent()))
            .endRow();
      }
    }
  }
}
