package dev.coffer.portal.sample;

import org.jspecify.annotations.Nullable;

/** The sale or lead that an e-mail or a call is about, which existed by then. */
record Correspondent(
    @Nullable String saleId,
    @Nullable String leadId,
    Customer customer,
    Wording wording,
    int agent,
    long knownSince) {

  /** Someone among those who had come by the given share (0 to 1) of all business. */
  static Correspondent by(double share, double sales, Population population, Dice dice) {
    if (dice.chance(sales)) {
      Sale sale = population.sale(someone(share, population.counts.sales(), dice));
      return new Correspondent(
          sale.id(), null, sale.customer(), sale.wording(), sale.agent(), sale.createdAt());
    }
    Lead lead = population.lead(someone(share, population.counts.leads(), dice));
    String first = lead.customer().firstName();
    Wording wording =
        Wording.about(first, lead.cost(), lead.createdAt() + 3 * Calendar.DAY, lead.index());
    return new Correspondent(
        null, lead.id(), lead.customer(), wording, lead.agent(), lead.createdAt());
  }

  /** Mostly those who came lately. */
  private static int someone(double share, int all, Dice dice) {
    return (int) (Math.sqrt(dice.fraction()) * share * (all - 1));
  }
}
