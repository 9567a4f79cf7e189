package dev.coffer.legacy;

import java.util.Set;

/**
 * The portal's 32-bit hash of a text: {@code h = h * 31 + code unit}, in JavaScript's 32-bit
 * integers.
 *
 * <p>It is a polynomial in 31, so the hash of two texts one after the other follows from their
 * hashes and 31 to the power of the second's length. Rows can therefore be hashed as they come, and
 * put in another order afterwards, without keeping their texts.
 */
final class WeakHash {
  private int hash;
  private int power = 1;

  WeakHash add(CharSequence text) {
    for (int at = 0; at < text.length(); at++) {
      hash = hash * 31 + text.charAt(at);
      power *= 31;
    }
    return this;
  }

  /** Adds the text whose hash and power are given. */
  WeakHash add(int otherHash, int otherPower) {
    hash = hash * otherPower + otherHash;
    power *= otherPower;
    return this;
  }

  int hash() {
    return hash;
  }

  int power() {
    return power;
  }

  /**
   * What the portal may have printed: {@code toString(36)} of the number, its absolute, or >>> 0.
   */
  Set<String> printed() {
    return Set.copyOf(
        java.util.List.of(
            Integer.toString(hash, 36),
            Long.toString(Math.abs((long) hash), 36),
            Integer.toUnsignedString(hash, 36)));
  }
}
