package dev.coffer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.testkit.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
final class RowDecoderTest {
  private static final Table TABLE =
      new Table(
          new QualifiedName("public", "t"),
          "t",
          Table.Kind.TABLE,
          List.of(
              column("text", ValueKind.TEXT, false),
              column("number", ValueKind.NUMBER, false),
              column("secret \"one\"", ValueKind.TEXT, true),
              column("truth", ValueKind.BOOLEAN, false),
              column("json", ValueKind.JSONB, false),
              column("secret two", ValueKind.NUMBER, true)),
          List.of(),
          List.of(),
          "_fingerprint");
  private static final String NULLS = "{\"text\":null,\"number\":null,\"secret \\\"one\\\"\":";

  private static Column column(String name, ValueKind kind, boolean sealed) {
    return new Column(name, name, "any", kind, false, sealed, Column.Generation.NONE);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int special = random.nextInt(12);
      switch (special) {
        case 0 -> text.append('\\');
        case 1 -> text.append('"');
        case 2 -> text.append((char) (1 + random.nextInt(0x1f)));
        case 3 -> text.appendCodePoint(0x1f600 + random.nextInt(64));
        case 4 -> text.append((char) (0x7f + random.nextInt(0x800)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  /** As the server writes COPY's text format. */
  private static String copy(String text) {
    ByteSink sink = new ByteSink(16);
    CopyText.encode(text, sink);
    return string(sink);
  }

  private static String string(ByteSink sink) {
    return new String(sink.array(), 0, sink.length(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @RepeatedTest(200)
  void undoesWhatTheEncoderDoes(Random random) throws RowFormatException {
    String[] jsons = {"null", "{\"$jsonb\": 1}", "{\"a\": \"\\\\n\\\"\"}", "[]", "\"\\u0001\""};
    String[] numbers = {"-0", "NaN", "-Infinity", "1.50", "1e-300", "Infinity"};
    List<String> plain =
        List.of(
            text(random),
            numbers[random.nextInt(numbers.length)],
            text(random),
            random.nextBoolean() ? "t" : "f",
            jsons[random.nextInt(jsons.length)],
            numbers[random.nextInt(numbers.length)]);
    boolean[] nulls = new boolean[plain.size()];
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < plain.size(); i++) {
      nulls[i] = random.nextInt(4) == 0;
      row.append(i == 0 ? "" : "\t").append(nulls[i] ? "\\N" : copy(plain.get(i)));
    }
    ByteSink line = new ByteSink(16);
    ByteSink secrets = new ByteSink(16);
    RowEncoder encoder = new RowEncoder(TABLE);
    encoder.encode(bytes(row + "\n"), 0, line, secrets);
    line.put(encoder.hasSealedValue() ? ",\"_fingerprint\":\"abcdEF_-\"}" : "}");

    RowDecoder decoder = new RowDecoder(TABLE);
    decoder.read(line.array(), 0, line.length());
    assertThat(decoder.isClosed(2)).isEqualTo(!nulls[2]);
    decoder.open(secrets.array(), 0, secrets.length());
    for (int i = 0; i < plain.size(); i++) {
      assertThat(decoder.isNull(i)).isEqualTo(nulls[i]);
      assertThat(decoder.isClosed(i)).isFalse();
      if (!nulls[i]) {
        ByteSink copied = new ByteSink(1);
        decoder.copyText(i, copied);
        ByteSink decoded = new ByteSink(1);
        decoder.plainText(i, decoded);

        // A vertical tab may stand as it is, too.
        assertThat(string(copied).replace("\u000b", "\\v")).isEqualTo(copy(plain.get(i)));
        assertThat(string(decoded)).isEqualTo(plain.get(i));
      }
    }
  }

  /** Each value has one form: half of a surrogate pair, for one, would have none in UTF-8. */
  @Test
  void refusesEscapesThatTheDocumentNeverWrites() {
    RowDecoder decoder = new RowDecoder(TABLE);
    for (String escape : List.of("\\/", "\\u000a", "\\u00e9", "\\ud83d", "\\u005c", "\\u001F")) {
      String line =
          "{\"text\":\""
              + escape
              + "\",\"number\":1,"
              + "\"secret \\\"one\\\"\":null,\"truth\":true,\"json\":1,\"secret two\":null}";
      assertThatThrownBy(() -> decoder.read(bytes(line), 0, bytes(line).length))
          .as(escape)
          .isInstanceOf(RowFormatException.class);
    }
  }

  @Test
  void refusesSecretsThatAreNotTheRows() throws RowFormatException {
    String line = NULLS + "\"[ENCRYPTED]\",\"truth\":null,\"json\":null,\"secret two\":null,";
    byte[] row = bytes(line + "\"_fingerprint\":\"abcdEF_-\"}");
    RowDecoder decoder = new RowDecoder(TABLE);
    decoder.read(row, 0, row.length);

    for (String wrong :
        List.of("[\"x\",1]", "[\"x\"]", "[\"x\",null]]", "[\"x\",null,1]", "", "[1,null]")) {
      byte[] secrets = bytes(wrong);
      assertThatThrownBy(() -> decoder.open(secrets, 0, secrets.length))
          .as(wrong)
          .isInstanceOf(RowFormatException.class);
    }
    byte[] right = bytes("[\"x\",null]");
    decoder.open(right, 0, right.length);
    assertThat(decoder.isClosed(2)).isFalse();
  }

  /** In a document that was made of an earlier system's file. */
  @Test
  void aSecretThatNobodyKnowsStaysClosed() throws RowFormatException {
    String line = NULLS + "\"[ENCRYPTED]\",\"truth\":null,\"json\":null,\"secret two\":null,";
    byte[] row = bytes(line + "\"_fingerprint\":\"abcdEF_-\"}");
    byte[] secrets = bytes("[null,null]");
    RowDecoder decoder = new RowDecoder(TABLE);
    decoder.read(row, 0, row.length);
    decoder.open(secrets, 0, secrets.length);

    assertThat(decoder.isClosed(2)).isTrue();
    assertThat(decoder.isNull(2)).isFalse();
    assertThat(decoder.isClosed(5)).isFalse();
    assertThat(decoder.isNull(5)).isTrue();
    ByteSink json = new ByteSink(32);
    decoder.json(2, json);
    assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("\"[ENCRYPTED]\"");
  }

  @Test
  void refusesWhatFollowsARow() {
    String line = NULLS + "null,\"truth\":null,\"json\":null,\"secret two\":null}";
    byte[] row = bytes(line + " ");
    RowDecoder decoder = new RowDecoder(TABLE);

    assertThatThrownBy(() -> decoder.read(row, 0, row.length))
        .isInstanceOf(RowFormatException.class);
  }
}
