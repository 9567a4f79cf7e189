package dev.coffer.portal.sample;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** Shares things out at random so that their total is exact. */
final class Spread {
  private Spread() {}

  /** Exactly {@code count} of the numbers below {@code size}, each as likely as any other. */
  static BitSet choose(int count, int size, Dice dice) {
    BitSet chosen = new BitSet(size);
    int left = count;
    for (int i = 0; i < size && left > 0; i++) {
      if (dice.below(size - i) < left) {
        chosen.set(i);
        left--;
      }
    }
    return chosen;
  }

  /** Each thing to a parent drawn by lot: how many each has. */
  static byte[] scatter(int things, int parents, Dice dice) {
    byte[] counts = new byte[parents];
    int left = things;
    while (left > 0) {
      int parent = dice.below(parents);
      if (counts[parent] < Byte.MAX_VALUE) {
        counts[parent]++;
        left--;
      }
    }
    return counts;
  }

  /**
   * Draws a count for each parent, then adds or takes single things, within {@code least} and
   * {@code most}, until the total is {@code things}.
   */
  static byte[] exactly(
      int things, byte[] least, int most, Dice dice, IntUnaryOperator drawForParent) {
    byte[] counts = new byte[least.length];
    long total = 0;
    for (int parent = 0; parent < counts.length; parent++) {
      int drawn = Math.clamp(drawForParent.applyAsInt(parent), least[parent], most);
      counts[parent] = (byte) drawn;
      total += drawn;
    }
    while (total != things) {
      int parent = dice.below(counts.length);
      if (total < things && counts[parent] < most) {
        counts[parent]++;
        total++;
      } else if (total > things && counts[parent] > least[parent]) {
        counts[parent]--;
        total--;
      }
    }
    return counts;
  }
}
