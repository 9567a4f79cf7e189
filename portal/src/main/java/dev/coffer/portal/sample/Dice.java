package dev.coffer.portal.sample;

import java.util.List;

/**
 * Random numbers that depend only on a seed, a stream and an index (SplitMix64), so that any row,
 * and any row that refers to it, can be made by itself, in any order and by any thread.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed, Stream stream, long index) {
    state = mix(mix(seed + GOLDEN_GAMMA * stream.number()) + index * GOLDEN_GAMMA);
  }

  long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) below((long) bound);
  }

  long below(long bound) {
    return (bits() >>> 1) % bound;
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  double fraction() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return fraction() < probability;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  /** The index of one of the weights, each as likely as it is heavy. */
  int weighted(int... weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int left = below(total);
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index];
      index++;
    }
    return index;
  }

  /** So many characters out of an alphabet. */
  String characters(int count, String alphabet) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(below(alphabet.length())));
    }
    return text.toString();
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
