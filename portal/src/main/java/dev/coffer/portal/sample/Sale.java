package dev.coffer.portal.sample;

/**
 * What the tables that refer to a sale must agree on. Times are epoch milliseconds, money is pence
 * a month; without boiler cover {@code boiler} is 0.
 */
record Sale(
    int index,
    String id,
    long createdAt,
    Customer customer,
    int agent,
    int appliances,
    long applianceCost,
    long boiler,
    long directDebit) {

  long cost() {
    return applianceCost + boiler;
  }

  Wording wording() {
    return Wording.about(customer.firstName(), cost(), directDebit, index);
  }
}
