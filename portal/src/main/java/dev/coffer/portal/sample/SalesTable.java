package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sales}: the customers, their bank details and their plans. */
final class SalesTable implements SampleTable {
  private static final List<String> STATUSES =
      List.of(
          "ACTIVE", "CANCELLED", "CANCELLATION_NOTICE_RECEIVED", "FAILED_PAYMENT", "PROCESS_DD");

  private final Population population;
  private final Spoiler spoiler;

  /** Sales that were leads stay good, so that both rows tell the same. */
  SalesTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    this.spoiler =
        new Spoiler(blemishes, name(), population.counts.sales(), population::saleWasLead);
  }

  @Override
  public String name() {
    return "sales";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int index = 0; index < population.counts.sales(); index++) {
      Sale sale = population.sale(index);
      write(sale, spoiler.spoil(index, sale.id()), rows);
    }
  }

  private void write(Sale sale, @Nullable Blemish blemish, CopyText rows) throws SQLException {
    Dice dice = new Dice(~population.seed, Stream.SALE, sale.index());
    Customer customer = sale.customer();
    Customer agent = population.user(sale.agent());
    long documentsAt = documentsAt(sale.index());
    long updatedAt = population.calendar.after(sale.createdAt(), dice, 120 * Calendar.DAY);
    rows.text(sale.id())
        .time(sale.createdAt())
        .time(Math.max(updatedAt, documentsAt))
        .text(Blemish.or(blemish, "customerFirstName", customer.firstName()))
        .text(Blemish.or(blemish, "customerLastName", customer.lastName()))
        .text(customer.title())
        .text(Blemish.or(blemish, "phoneNumber", customer.phone()))
        .text(Blemish.or(blemish, "email", customer.email()))
        .text(Blemish.or(blemish, "notes", notes(sale, dice)))
        .text(Blemish.or(blemish, "mailingStreet", customer.street()))
        .text(customer.town())
        .text(customer.county())
        .text(customer.postcode())
        .text(BankDetails.accountName(customer, dice))
        .text(Blemish.or(blemish, "sortCode", BankDetails.sortCode(dice)))
        .text(Blemish.or(blemish, "accountNumber", BankDetails.accountNumber(dice)));
    if (blemish != null && blemish.column().equals("directDebitDate")) {
      rows.text(blemish.value());
    } else {
      rows.time(sale.directDebit());
    }
    rows.text(STATUSES.get(dice.weighted(78, 9, 4, 5, 4)))
        .flag(sale.appliances() > 0)
        .flag(sale.boiler() > 0)
        .text(sale.boiler() > 0 ? Wording.pounds(sale.boiler()) : null)
        .pounds(sale.cost())
        .text(population.userId(sale.agent()))
        .text(dice.chance(0.9) ? agent.fullName() : null)
        .flag(documentsAt >= 0)
        .time(documentsAt)
        .text(documentsAt < 0 || dice.chance(0.05) ? null : population.userId(sale.agent()))
        .endRow();
  }

  private static @Nullable String notes(Sale sale, Dice dice) {
    return dice.chance(0.55) ? sale.wording().several(Phrases.NOTES, dice) : null;
  }

  private long documentsAt(int sale) {
    long latest = -1;
    for (int number = 0; number < population.documentCount(sale); number++) {
      latest = Math.max(latest, population.documentTime(sale, number));
    }
    return latest;
  }
}
