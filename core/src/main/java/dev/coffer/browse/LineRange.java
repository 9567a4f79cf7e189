package dev.coffer.browse;

import java.util.stream.IntStream;

/** Points at some of a chunk's lines by their numbers, so that no others are parsed. */
record LineRange(long from, long to) {

  int[] places(byte[] text, int length) {
    IntStream.Builder places = IntStream.builder();
    int at = 0;
    for (long line = 0; line < to && at < length; line++) {
      if (line >= from) {
        places.add(at);
      }
      while (at < length && text[at] != '\n') {
        at++;
      }
      at++;
    }
    return places.build().toArray();
  }
}
