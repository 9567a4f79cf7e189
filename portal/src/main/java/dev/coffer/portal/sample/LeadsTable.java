package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Lead}: people who might buy, and how far it has come. */
final class LeadsTable implements SampleTable {
  private static final List<String> SOURCES = List.of("website", "phone", "referral", "event");

  private final Population population;
  private final Spoiler spoiler;

  /** Leads that became sales stay good, so that both rows tell the same. */
  LeadsTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    this.spoiler =
        new Spoiler(
            blemishes,
            name(),
            population.counts.leads(),
            lead -> population.lead(lead).converted());
  }

  @Override
  public String name() {
    return "Lead";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int index = 0; index < population.counts.leads(); index++) {
      Lead lead = population.lead(index);
      write(lead, spoiler.spoil(index, lead.id()), rows);
    }
  }

  private void write(Lead lead, @Nullable Blemish blemish, CopyText rows) throws SQLException {
    Dice dice = new Dice(~population.seed, Stream.LEAD, lead.index());
    Calendar calendar = population.calendar;
    boolean imported = population.imported(lead.index());
    boolean contacted = lead.lastContact() >= 0;
    boolean open = lead.status().equals("NEW") || lead.status().equals("CALLBACK");
    String agent = population.userId(lead.agent());
    boolean appliances = population.leadApplianceCount(lead.index()) > 0;
    long checkedOutAt = open && dice.chance(0.06) ? calendar.now() - dice.below(Calendar.HOUR) : -1;
    long touchedAt = Math.max(lead.lastContact(), lead.createdAt());
    rows.text(lead.id())
        .time(lead.createdAt())
        .time(Math.max(touchedAt, checkedOutAt))
        .text(imported ? population.userId(population.batchOf(lead.index()) % 2) : agent)
        .text(contacted || dice.chance(0.5) ? agent : null)
        .text(imported ? "import" : dice.pick(SOURCES))
        .text(imported ? BatchesTable.id(population, population.batchOf(lead.index())) : null);
    writeCustomer(lead, blemish, dice, rows);
    rows.flag(appliances)
        .flag(lead.boiler() > 0)
        .text(lead.boiler() > 0 ? Wording.pounds(lead.boiler()) : null)
        .pounds(lead.cost())
        .text(lead.status())
        .time(lead.lastContact())
        .text(contacted ? agent : null)
        .flag(lead.status().equals("DO_NOT_CALL"));
    if (blemish != null && blemish.column().equals("callback_at")) {
      rows.text(blemish.value());
    } else {
      boolean callback = lead.status().equals("CALLBACK");
      rows.time(callback ? lead.lastContact() + (1 + dice.below(240)) * Calendar.HOUR : -1);
    }
    rows.number(lead.dispositions())
        .time(lead.lastContact())
        .text(checkedOutAt >= 0 ? agent : null)
        .time(checkedOutAt)
        .endRow();
  }

  private static void writeCustomer(
      Lead lead, @Nullable Blemish blemish, Dice dice, CopyText rows) {
    Customer customer = lead.customer();
    Wording wording =
        Wording.about(
            customer.firstName(), lead.cost(), lead.createdAt() + Calendar.DAY, lead.index());
    String notes = dice.chance(0.4) ? wording.several(Phrases.NOTES, dice) : null;
    rows.text(Blemish.or(blemish, "customer_first_name", customer.firstName()))
        .text(Blemish.or(blemish, "customer_last_name", customer.lastName()))
        .text(customer.title())
        .text(Blemish.or(blemish, "phone_number", customer.phone()))
        .text(Blemish.or(blemish, "email", customer.email()))
        .text(customer.street())
        .text(Blemish.or(blemish, "mailing_city", customer.town()))
        .text(customer.county())
        .text(customer.postcode())
        .text(Blemish.or(blemish, "notes", notes));
  }
}
