package dev.coffer.verify;

import com.github.luben.zstd.Zstd;
import dev.coffer.seal.SigningKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document taken apart, to be changed and put together again with hashes, index and signature
 * that fit. Written from docs/FORMAT.md and not from the code that it is to fool. Text is kept with
 * one character for each byte.
 */
public final class Forgery {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A table's rows, by chunk. */
  public record Rows(String name, List<List<String>> chunks) {}

  public String header;
  public final List<Rows> tables = new ArrayList<>();
  public final List<String> sealed = new ArrayList<>();
  public ObjectNode metadata;

  /** The signature's line, without the line break. */
  public String signature;

  public Forgery(byte[] document) {
    String text = text(document);
    int tablesAt = text.indexOf("\n\"tables\":{\n") + "\n\"tables\":{\n".length();
    header = text.substring(0, tablesAt);
    List<String> lines = text.substring(tablesAt).lines().toList();
    metadata = (ObjectNode) JSON.readTree(bytes(inside(lines.get(lines.size() - 3))));
    signature = lines.get(lines.size() - 2);
    int at = 0;
    while (!lines.get(at).equals("},")) {
      String opening = lines.get(at++);
      String name = opening.substring(0, opening.length() - 2);
      List<String> rows = new ArrayList<>();
      for (; !lines.get(at).startsWith("]"); at++) {
        rows.add(unjoined(lines.get(at)));
      }
      at++;
      tables.add(new Rows(name, chunked(name, rows)));
    }
    for (at += 2; !lines.get(at).equals("],"); at++) {
      sealed.add(unjoined(lines.get(at)));
    }
  }

  private List<List<String>> chunked(String name, List<String> rows) {
    List<List<String>> chunks = new ArrayList<>();
    int from = 0;
    for (JsonNode chunk : metadata.path("hashes").path("chunks")) {
      if (text(JSON.writeValueAsBytes(chunk.path("table"))).equals(name)) {
        int to = from + chunk.path("rows").asInt();
        chunks.add(new ArrayList<>(rows.subList(from, to)));
        from = to;
      }
    }
    return chunks;
  }

  private static String inside(String line) {
    return line.substring("\"metadata\":".length(), line.length() - 1);
  }

  private static String unjoined(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }

  public Rows table(String name) {
    return tables.stream()
        .filter(rows -> rows.name().equals(JSON.writeValueAsString(name)))
        .findFirst()
        .orElseThrow();
  }

  public ArrayNode chunks() {
    return (ArrayNode) metadata.path("hashes").path("chunks");
  }

  /** Makes counts, hashes and places say what the document holds now. */
  public Forgery rehash() {
    ObjectNode counts = metadata.putObject("tables");
    ObjectNode hashes = metadata.putObject("dataIntegrityHashes");
    ObjectNode both = metadata.putObject("hashes");
    both.putObject("header").put("bytes", header.length()).put("sha256", hex(bytes(header)));
    ArrayNode listed = both.putArray("chunks");
    long at = header.length();
    long total = 0;
    boolean first = true;
    boolean any = false;
    for (Rows table : tables) {
      String name = JSON.readTree(bytes(table.name())).asString();
      at += opening(table.name(), first, any).length();
      first = false;
      any = false;
      BigInteger sum = BigInteger.ZERO;
      long rows = 0;
      for (List<String> chunk : table.chunks()) {
        at += any ? 2 : 0;
        any = true;
        at += list(listed, "table", name, at, chunk);
        rows += chunk.size();
        for (String row : chunk) {
          sum = sum.add(new BigInteger(1, sha256(bytes(row))));
        }
      }
      counts.put(name, rows);
      hashes.put(name, String.format(Locale.ROOT, "%064x", sum.mod(BigInteger.TWO.pow(256))));
      total += rows;
    }
    at += (first ? "" : any ? "\n]\n" : "]\n").length() + "},\n\"sealed\":[\n".length();
    any = false;
    for (String line : sealed) {
      at += any ? 2 : 0;
      any = true;
      String name = JSON.readTree(bytes(line)).path("table").asString();
      at += list(listed, "sealed", name, at, List.of(line));
    }
    at += sealed.isEmpty() ? "],\n".length() : "\n],\n".length();
    metadata.put("totalRecords", total);
    metadata.put("jsonBytes", at);
    return this;
  }

  private static int list(ArrayNode listed, String member, String name, long at, List<String> c) {
    String text = String.join(",\n", c);
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    c.forEach(line -> hashes.writeBytes(sha256(bytes(line))));
    listed
        .addObject()
        .put(member, name)
        .put("at", at)
        .put("bytes", text.length())
        .put("rows", c.size())
        .put("sha256", hex(hashes.toByteArray()));
    return text.length();
  }

  private static String opening(String name, boolean first, boolean rowsBefore) {
    return (first ? "" : rowsBefore ? "\n],\n" : "],\n") + name + ":[\n";
  }

  /** Signs the metadata as it is now, and with it how {@link #framed} stores what is before. */
  public Forgery signFrames(SigningKey key) {
    List<byte[]> pieces = pieces();
    List<byte[]> before = pieces.subList(0, pieces.size() - 2);
    String entries = entries(before.stream().map(Forgery::frame).toList(), lengths(before));
    ((ObjectNode) metadata.path("hashes")).put("index", hex(bytes(entries)));
    return sign(key);
  }

  /** Signs the metadata as it is now. */
  public Forgery sign(SigningKey key) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] value = key.sign(JSON.writeValueAsBytes(metadata));
    signature =
        "\"signature\":{\"algorithm\":\"Ed25519\",\"publicKey\":\"%s\",\"value\":\"%s\"}"
            .formatted(base64.encodeToString(key.verifyKey().raw()), base64.encodeToString(value));
    return this;
  }

  /** The document, cut as it is into frames. */
  public List<byte[]> pieces() {
    List<String> pieces = new ArrayList<>(List.of(header));
    StringBuilder between = new StringBuilder();
    boolean first = true;
    boolean any = false;
    for (Rows table : tables) {
      between.append(opening(table.name(), first, any));
      first = false;
      any = add(pieces, between, table.chunks());
    }
    between.append(first ? "" : any ? "\n]\n" : "]\n").append("},\n\"sealed\":[\n");
    any = add(pieces, between, sealed.stream().map(List::of).toList());
    between.append(any ? "\n],\n" : "],\n");
    pieces.add(between.toString());
    pieces.add("\"metadata\":" + text(JSON.writeValueAsBytes(metadata)) + ",\n");
    pieces.add(signature + "\n}\n");
    return pieces.stream().map(Forgery::bytes).collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean add(
      List<String> pieces, StringBuilder between, List<List<String>> chunks) {
    boolean any = false;
    for (List<String> chunk : chunks) {
      between.append(any ? ",\n" : "");
      if (!between.isEmpty()) {
        pieces.add(between.toString());
        between.setLength(0);
      }
      pieces.add(String.join(",\n", chunk));
      any = true;
    }
    return any;
  }

  public byte[] plain() {
    return joined(pieces());
  }

  public byte[] framed() {
    return framed(pieces());
  }

  /** Frames around these pieces, and an index of them. */
  public static byte[] framed(List<byte[]> pieces) {
    return indexed(pieces.stream().map(Forgery::frame).toList(), lengths(pieces));
  }

  private static byte[] frame(byte[] piece) {
    return Zstd.compress(piece, 1);
  }

  private static List<Long> lengths(List<byte[]> pieces) {
    return pieces.stream().map(piece -> (long) piece.length).toList();
  }

  /** These frames, whose content has these lengths, and an index of them. */
  public static byte[] indexed(List<byte[]> frames, List<Long> lengths) {
    List<byte[]> all = new ArrayList<>(frames);
    all.add(index(bytes("{\"index\":1,\"frames\":[" + entries(frames, lengths) + "]}")));
    return joined(all);
  }

  /** The last frame, around this content. */
  static byte[] index(byte[] content) {
    ByteBuffer index = ByteBuffer.allocate(content.length + 52).order(ByteOrder.LITTLE_ENDIAN);
    index.putInt(0x184D2A5C).putInt(content.length + 44).put(content).put(sha256(content));
    return index.putInt(content.length).put(bytes("COFFERIX")).array();
  }

  private static String entries(List<byte[]> frames, List<Long> lengths) {
    StringBuilder json = new StringBuilder();
    long at = 0;
    long textAt = 0;
    for (int i = 0; i < frames.size(); i++) {
      json.append(i == 0 ? "" : ",").append('[').append(at);
      json.append(',').append(frames.get(i).length).append(',').append(textAt);
      json.append(',').append(lengths.get(i)).append(",\"");
      json.append(hex(frames.get(i))).append("\"]");
      at += frames.get(i).length;
      textAt += lengths.get(i);
    }
    return json.toString();
  }

  public static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Where each frame of a file begins, and where the index does. */
  public static List<Integer> frameStarts(byte[] file) {
    ByteBuffer end = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = end.getInt(file.length - 12);
    int contentAt = file.length - 44 - length;
    JsonNode index = JSON.readTree(Arrays.copyOfRange(file, contentAt, contentAt + length));
    List<Integer> starts = new ArrayList<>();
    index.path("frames").forEach(frame -> starts.add(frame.path(0).asInt()));
    starts.add(contentAt - 8);
    return starts;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }
}
