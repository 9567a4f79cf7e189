package dev.coffer.portal.sample;

import java.sql.SQLException;

/** {@code LeadAppliance}: what a lead has at home. */
record LeadAppliancesTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "LeadAppliance";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    long index = 0;
    for (int lead = 0; lead < population.counts.leads(); lead++) {
      long time = population.leadTime(lead);
      for (int number = 0; number < population.leadApplianceCount(lead); number++) {
        Dice dice = new Dice(population.seed, Stream.LEAD_APPLIANCE, index);
        String brand = dice.chance(0.8) ? dice.pick(Settings.BRANDS) : null;
        rows.text(Cuid.of(population.seed, Stream.LEAD_APPLIANCE, index++, time))
            .text(population.leadId(lead))
            .text(dice.pick(Settings.APPLIANCES))
            .text(brand)
            .text(brand == null || dice.chance(0.5) ? null : model(dice))
            .text(dice.chance(0.3) ? null : String.valueOf(dice.below(16)))
            .pounds(population.leadApplianceCost(lead, number))
            .endRow();
      }
    }
  }

  private static String model(Dice dice) {
    return dice.characters(3, "ABCDEFGHKLMNPRSTWX")
        + (100 + dice.below(900))
        + "/"
        + dice.below(10);
  }
}
