package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of COPY (PostgreSQL manual, COPY, "Text Format"), in UTF-8, handed to the
 * server in large pieces. For one thread.
 */
final class CopyText {
  private static final int PIECE = 1 << 17;
  private static final int LARGEST_CHARACTER = 4;

  private final CopyIn target;
  private byte[] buffer = new byte[2 * PIECE];
  private int size;
  private boolean rowBegun;
  private long rows;

  CopyText(CopyIn target) {
    this.target = target;
  }

  /** One field; absent is NULL. */
  CopyText text(@Nullable String value) {
    separate(value == null ? 2 : value.length() * LARGEST_CHARACTER);
    if (value == null) {
      buffer[size++] = '\\';
      buffer[size++] = 'N';
    } else {
      encode(value);
    }
    return this;
  }

  CopyText flag(boolean value) {
    separate(1);
    buffer[size++] = (byte) (value ? 't' : 'f');
    return this;
  }

  CopyText number(long value) {
    separate(20);
    if (value < 0) {
      throw new IllegalArgumentException("A sample has no negative numbers.");
    }
    digits(value);
    return this;
  }

  /** An amount of money in pence, written as pounds. */
  CopyText pounds(long pence) {
    separate(24);
    digits(pence / 100);
    buffer[size++] = '.';
    padded((int) (pence % 100), 2);
    return this;
  }

  /** A time in epoch milliseconds, written in UTC; absent (negative) is NULL. */
  CopyText time(long epochMilliseconds) {
    if (epochMilliseconds < 0) {
      return text(null);
    }
    separate(32);
    long day = epochMilliseconds / Calendar.DAY;
    LocalDate date = LocalDate.ofEpochDay(day);
    padded(date.getYear(), 4);
    buffer[size++] = '-';
    padded(date.getMonthValue(), 2);
    buffer[size++] = '-';
    padded(date.getDayOfMonth(), 2);
    buffer[size++] = ' ';
    int ofDay = (int) (epochMilliseconds % Calendar.DAY);
    padded(ofDay / 3_600_000, 2);
    buffer[size++] = ':';
    padded(ofDay / 60_000 % 60, 2);
    buffer[size++] = ':';
    padded(ofDay / 1000 % 60, 2);
    buffer[size++] = '.';
    padded(ofDay % 1000, 3);
    return this;
  }

  void endRow() throws SQLException {
    ensure(1);
    buffer[size++] = '\n';
    rowBegun = false;
    rows++;
    if (size >= PIECE) {
      flush();
    }
  }

  /** Sends what is left and returns the number of rows. */
  long finish() throws SQLException {
    flush();
    return rows;
  }

  private void flush() throws SQLException {
    target.writeToCopy(buffer, 0, size);
    size = 0;
  }

  private void separate(int expected) {
    ensure(expected + 1);
    if (rowBegun) {
      buffer[size++] = '\t';
    }
    rowBegun = true;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }

  private void digits(long value) {
    int length = 1;
    for (long left = value; left >= 10; left /= 10) {
      length++;
    }
    long left = value;
    for (int i = size + length - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    size += length;
  }

  private void padded(int value, int length) {
    int left = value;
    for (int i = size + length - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    size += length;
  }

  private void encode(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character >= 0x80) {
        int point = value.codePointAt(i);
        i += Character.charCount(point) - 1;
        encodePoint(point);
      } else if (character == '\\') {
        escape('\\');
      } else if (character >= ' ') {
        buffer[size++] = (byte) character;
      } else {
        encodeControl(character);
      }
    }
  }

  private void encodeControl(char character) {
    switch (character) {
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> buffer[size++] = (byte) character;
    }
  }

  private void escape(char letter) {
    buffer[size++] = '\\';
    buffer[size++] = (byte) letter;
  }

  private void encodePoint(int point) {
    if (point < 0x800) {
      buffer[size++] = (byte) (0xC0 | (point >> 6));
    } else if (point < 0x10000) {
      buffer[size++] = (byte) (0xE0 | (point >> 12));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    } else {
      buffer[size++] = (byte) (0xF0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    }
    buffer[size++] = (byte) (0x80 | (point & 0x3F));
  }
}
