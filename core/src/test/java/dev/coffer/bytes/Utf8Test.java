package dev.coffer.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JDK's own decoder is the judge. */
@ExtendWith(SeededRandom.class)
final class Utf8Test {
  private static final String TEXT = "Zoë, 12 High St — 日本 😀 \u07ff\u0800\uffff";

  @Test
  void agreesOnEveryBeginningOfACharacter() {
    byte[] bytes = new byte[4];
    for (int first = 0; first < 256; first++) {
      for (int second : new int[] {'a', 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2}) {
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        for (int third : new int[] {'a', 0x7f, 0x80, 0xbf, 0xc0}) {
          bytes[2] = (byte) third;
          for (int fourth : new int[] {'a', 0x80, 0xbf}) {
            bytes[3] = (byte) fourth;
            for (int length = 1; length <= 4; length++) {
              assertAgrees(Arrays.copyOf(bytes, length));
            }
          }
        }
      }
    }
  }

  @Test
  void agreesOnTextWithOneWrongByte(Random random) {
    byte[] text = TEXT.repeat(3).getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isValid(text)).isTrue();
    for (int at = 0; at < text.length; at++) {
      byte[] wrong = text.clone();
      wrong[at] = (byte) random.nextInt(256);
      assertAgrees(wrong);
      assertAgrees(Arrays.copyOf(text, at));
    }
  }

  private static void assertAgrees(byte[] bytes) {
    if (Utf8.isValid(bytes) != decodes(bytes)) {
      throw new AssertionError("differs on " + HexFormat.of().formatHex(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
