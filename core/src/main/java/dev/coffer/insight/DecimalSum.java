package dev.coffer.insight;

import dev.coffer.model.RowView;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Adds decimal numbers exactly, so that the order of rows and the split between threads cannot
 * change the sum. Numbers of up to 18 digits are added as integers, one sum for each scale.
 */
final class DecimalSum {
  private static final int FAST_DIGITS = 18;

  private final long[] byScale = new long[FAST_DIGITS + 1];
  private BigDecimal rest = BigDecimal.ZERO;
  private long numbers;

  /** Adds a value that is not null; NaN and infinities are passed over. */
  void add(RowView row, int column) {
    if (!addFast(row.bytes(), row.start(column), row.end(column))) {
      addSlow(row.text(column));
    }
  }

  private boolean addFast(byte[] bytes, int start, int end) {
    boolean negative = start < end && bytes[start] == '-';
    long unscaled = 0;
    int digits = 0;
    int scale = 0;
    int zeros = 0;
    boolean fraction = false;
    for (int at = negative ? start + 1 : start; at < end; at++) {
      byte current = bytes[at];
      if (current == '0' && fraction) {
        zeros++;
      } else if (current >= '0' && current <= '9') {
        int added = zeros + 1;
        digits += added;
        if (digits > FAST_DIGITS) {
          return false;
        }
        for (int power = 0; power < added; power++) {
          unscaled *= 10;
        }
        unscaled += current - '0';
        if (fraction) {
          scale += added;
        }
        zeros = 0;
      } else if (current == '.' && !fraction && digits > 0) {
        fraction = true;
      } else {
        return false;
      }
    }
    if (digits == 0) {
      return false;
    }
    numbers++;
    addUnscaled(negative ? -unscaled : unscaled, scale);
    return true;
  }

  private void addUnscaled(long unscaled, int scale) {
    long sum = byScale[scale] + unscaled;
    boolean overflow = ((byScale[scale] ^ sum) & (unscaled ^ sum)) < 0;
    if (overflow) {
      rest = rest.add(BigDecimal.valueOf(byScale[scale], scale));
      byScale[scale] = unscaled;
    } else {
      byScale[scale] = sum;
    }
  }

  private void addSlow(String text) {
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    if (last >= '0' && last <= '9') {
      rest = rest.add(new BigDecimal(text));
      numbers++;
    }
  }

  void merge(DecimalSum other) {
    numbers += other.numbers;
    rest = rest.add(other.rest);
    for (int scale = 0; scale < byScale.length; scale++) {
      addUnscaled(other.byScale[scale], scale);
    }
  }

  /** How many numbers were added. */
  long numbers() {
    return numbers;
  }

  /** The sum, without zeros at the end of its fraction. */
  BigDecimal total() {
    BigDecimal total = rest;
    for (int scale = 0; scale < byScale.length; scale++) {
      total = total.add(new BigDecimal(BigInteger.valueOf(byScale[scale]), scale));
    }
    BigDecimal stripped = total.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
