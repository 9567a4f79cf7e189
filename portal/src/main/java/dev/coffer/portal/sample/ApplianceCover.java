package dev.coffer.portal.sample;

import org.jspecify.annotations.Nullable;

/** One appliance of a sale: its limit in pounds, its cost in pence a month. */
record ApplianceCover(String type, @Nullable String otherText, int limit, int cost) {
  static final int MOST = 10;

  static ApplianceCover of(long seed, int sale, int number) {
    Dice dice = new Dice(seed, Stream.APPLIANCE, (long) sale * MOST + number);
    int kind = dice.weighted(20, 16, 10, 9, 5, 9, 4, 8, 6, 3, 4, 2, 2, 2);
    String type = Settings.APPLIANCES.get(kind);
    String other = type.equals("Other") ? dice.pick(Settings.OTHER_APPLIANCES) : null;
    int limit = 300 + 100 * dice.below(8);
    return new ApplianceCover(type, other, limit, 299 + limit / 2 + 50 * dice.below(6));
  }
}
