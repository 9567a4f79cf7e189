package dev.coffer.portal.sample;

import java.util.List;

/**
 * What the tables that refer to a lead must agree on. Times are epoch milliseconds; {@code sale} is
 * the index of the sale it became, or -1. Costs are pence a month, {@code boiler} is 0 without
 * boiler cover.
 */
record Lead(
    int index,
    String id,
    long createdAt,
    Customer customer,
    int agent,
    int sale,
    int dispositions,
    long lastContact,
    String status,
    long applianceCost,
    long boiler) {

  private static final List<String> ENDINGS =
      List.of("CALLED_NO_ANSWER", "CALLBACK", "CANCELLED", "DO_NOT_CALL", "CONVERSION_FAILED");

  /** How a lead that has been called, and bought nothing, stands. */
  static String ending(Dice dice) {
    return ENDINGS.get(dice.weighted(40, 20, 22, 12, 6));
  }

  long cost() {
    return applianceCost + boiler;
  }

  boolean converted() {
    return sale >= 0;
  }

  /**
   * The time of one of its dispositions, the first being 0: after its arrival, the last at the end.
   */
  long contact(int number) {
    int later = dispositions - 1 - number;
    long evenly = createdAt + (lastContact - createdAt) * (number + 1) / dispositions;
    long earliest = createdAt + (number + 1) * 1_000L;
    long latest = lastContact - later * 1_000L;
    return later == 0 ? lastContact : Math.clamp(Calendar.open(evenly), earliest, latest);
  }
}
