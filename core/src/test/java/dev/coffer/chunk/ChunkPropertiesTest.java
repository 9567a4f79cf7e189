package dev.coffer.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cuts that follow the rows, sums that BigInteger confirms, frames however they arrive. */
@ExtendWith(SeededRandom.class)
class ChunkPropertiesTest {

  private static List<String> rows(Random random, int count) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String noise = Long.toHexString(random.nextLong());
      rows.add(
          "{\"id\":\"" + noise + "\",\"text\":\"" + "x".repeat(random.nextInt(12_000)) + "\"}");
    }
    return rows;
  }

  private static List<Chunk> chunks(List<String> rows, TableHash hash) {
    try (Frames frames = new Frames()) {
      ChunkBuilder builder = new ChunkBuilder(frames, true);
      builder.begin(hash);
      List<Chunk> chunks = new ArrayList<>();
      for (String row : rows) {
        builder.beginLine();
        builder.text().put(row);
        if (builder.endLine()) {
          chunks.add(builder.finish());
        }
      }
      if (!builder.isEmpty()) {
        chunks.add(builder.finish());
      }
      return chunks;
    }
  }

  private static List<String> hashes(List<Chunk> chunks) {
    return chunks.stream().map(chunk -> HexFormat.of().formatHex(chunk.storedHash())).toList();
  }

  @Test
  void rowsThatStayGiveTheSameChunksAgain(Random random) {
    List<String> rows = rows(random, 8000);
    List<String> before = hashes(chunks(rows, new TableHash()));
    assertThat(before).hasSizeGreaterThan(8);

    for (int place : List.of(0, 4000)) {
      List<String> more = new ArrayList<>(rows);
      more.addAll(place, rows(random, 3));
      List<String> after = hashes(chunks(more, new TableHash()));
      Set<String> changed = new HashSet<>(after);
      changed.removeAll(Set.copyOf(before));
      assertThat(changed).as("chunks changed by rows put in at %d", place).hasSizeBetween(1, 6);
      assertThat(after.getLast()).isEqualTo(before.getLast());
    }
  }

  @Test
  void chunksHoldAllRowsWithinTheirBounds(Random random) {
    List<String> rows = rows(random, 4000);
    List<Chunk> chunks = chunks(rows, new TableHash());
    assertThat(chunks.stream().mapToInt(Chunk::rows).sum()).isEqualTo(rows.size());
    for (Chunk chunk : chunks.subList(0, chunks.size() - 1)) {
      assertThat(chunk.textBytes()).isBetween(CutRule.LEAST, CutRule.MOST + 20_000);
    }
  }

  @Test
  void theTableHashIsTheSumInAnyOrder(Random random) {
    BigInteger sum = BigInteger.ZERO;
    TableHash first = new TableHash();
    TableHash second = new TableHash();
    for (int i = 0; i < 5000; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      if (i % 7 == 0) {
        java.util.Arrays.fill(hash, random.nextInt(32), 32, (byte) -1);
      }
      sum = sum.add(new BigInteger(1, hash));
      (random.nextBoolean() ? first : second).add(hash, 0);
    }
    second.add(first);
    String expected = sum.mod(BigInteger.TWO.pow(256)).toString(16);
    assertThat(second.hex()).isEqualTo("0".repeat(64 - expected.length()) + expected);
  }

  @Test
  void framesAreFoundHoweverTheirBytesArrive(Random random) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Frames frames = new Frames()) {
      for (int i = 0; i < 200; i++) {
        byte[] content = new byte[random.nextInt(i % 20 == 0 ? 300_000 : 40)];
        if (random.nextBoolean()) {
          random.nextBytes(content);
        }
        contents.add(content);
        file.writeBytes(frames.compress(content));
      }
      file.writeBytes("rest".getBytes(StandardCharsets.US_ASCII));
      FrameStream stream = new FrameStream(new Trickle(file.toByteArray(), random), 1 << 20);
      dev.coffer.bytes.ByteSink text = new dev.coffer.bytes.ByteSink(16);
      for (byte[] content : contents) {
        assertThat(stream.next()).isEqualTo(FrameStream.Next.FRAME);
        assertThat(stream.contentBytes()).isEqualTo(content.length);
        byte[] frame = stream.frame().toByteArray();
        frames.decompress(frame, 0, frame.length, content.length, text);
        assertThat(text.toByteArray()).isEqualTo(content);
      }
      assertThat(stream.next()).isEqualTo(FrameStream.Next.OTHER);
      assertThat(stream.remaining().readAllBytes()).asString().isEqualTo("rest");
    }
  }

  @Test
  void everyCutWithinAFrameIsToldFromAnEnd() throws IOException {
    try (Frames frames = new Frames()) {
      byte[] frame = frames.compress("content of a frame".getBytes(StandardCharsets.US_ASCII));
      for (int length = 1; length < frame.length; length++) {
        InputStream cut = new ByteArrayInputStream(frame, 0, length);
        assertThat(new FrameStream(cut, 1 << 20).next())
            .as("%d bytes", length)
            .isEqualTo(FrameStream.Next.CUT_SHORT);
      }
      InputStream nothing = InputStream.nullInputStream();
      assertThat(new FrameStream(nothing, 1 << 20).next()).isEqualTo(FrameStream.Next.END);
    }
  }

  /** Gives a few bytes at a time. */
  private static final class Trickle extends FilterInputStream {
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int most = 1 + random.nextInt(random.nextBoolean() ? 10 : 5000);
      return super.read(target, offset, Math.min(count, most));
    }
  }
}
