package dev.coffer.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.testkit.SeededRandom;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random rows go into the document and back, and another reader of JSON sees the same. */
@ExtendWith(SeededRandom.class)
class RowPropertiesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String[] PIECES = {
    "\\N",
    "\\.",
    "N",
    "\"",
    "\\",
    "\\\\",
    "\t",
    "\n",
    "\r",
    "\b",
    "\f",
    "\u000b",
    "\u0001",
    "\u001f",
    "\u007f",
    "\u0080",
    "\u00e9",
    "\u07ff",
    "\u0800",
    "\u2028",
    "\uFFFD",
    "\uFFFF",
    "\ud83d\ude00",
    "plain text of some length",
    " ",
    "{\"$jsonb\"",
    "null",
    "[ENCRYPTED]",
    "\\u0041",
    "'",
    "/"
  };
  private static final String[] NUMBERS = {
    "0", "-1", "1.50", "1e+20", "1.5e-07", "NaN", "Infinity", "-Infinity", "0.000", "-0"
  };
  private static final String[] JSONBS = {
    "null",
    "true",
    "{}",
    "[]",
    "{\"a\": [1, 2.50, null]}",
    "{\"$jsonb\": 1}",
    "\"\\\\ \\\" \\n\\u0001\"",
    "{\"$jsonb\": {\"$jsonb\": null}}",
    "-1.0e5",
    "[[[[]], {\"\": {}}]]"
  };

  private record Row(List<Optional<String>> values) {}

  @Test
  void whatIsWrittenIsReadAgain(Random random) throws RowFormatException {
    for (int round = 0; round < 300; round++) {
      Table table = table(random);
      RowEncoder encoder = new RowEncoder(table);
      RowParser parser = new RowParser(table);
      for (int i = 0; i < 10; i++) {
        check(table, row(table, random, 40), encoder, parser);
      }
    }
  }

  @Test
  void longValuesAreReadAgain(Random random) throws RowFormatException {
    Table table = table(List.of(ValueKind.TEXT, ValueKind.JSONB, ValueKind.TEXT));
    String special = text(random, 60_000);
    String plain = "x".repeat(1 << 20);
    String control = "\u0001".repeat(1 << 20);
    for (String value : List.of(special, plain, control)) {
      String json = JsonStrings.quote(value);
      Row row = new Row(List.of(Optional.of(value), Optional.of(json), Optional.empty()));
      check(table, row, new RowEncoder(table), new RowParser(table));
    }
  }

  @Test
  void deepJsonbIsReadAgain() throws RowFormatException {
    Table table = table(List.of(ValueKind.JSONB));
    String deep = "[{\"a\": ".repeat(200_000) + "1" + "}]".repeat(200_000);
    byte[] line = encode(new RowEncoder(table), new Row(List.of(Optional.of(deep))));
    RowParser parser = new RowParser(table);
    assertThat(parser.parse(line, 0, line.length)).isEqualTo(line.length);
    assertThat(parser.text(0)).isEqualTo(deep);
  }

  private static void check(Table table, Row row, RowEncoder encoder, RowParser parser)
      throws RowFormatException {
    byte[] line = encode(encoder, row);
    assertThat(parser.parse(line, 0, line.length)).isEqualTo(line.length);
    JsonNode json = JSON.readTree(line);
    assertThat(json.propertyNames()).containsExactlyElementsOf(keys(table));
    for (int i = 0; i < row.values().size(); i++) {
      Optional<String> value = row.values().get(i);
      assertThat(parser.isNull(i)).isEqualTo(value.isEmpty());
      assertThat(encoder.isNull(i)).isEqualTo(value.isEmpty());
      JsonNode member = json.get(keys(table).get(i));
      assertThat(member.isNull()).isEqualTo(value.isEmpty());
      if (value.isPresent()) {
        assertThat(parser.text(i)).isEqualTo(value.get());
        assertThat(encoder.text(i)).isEqualTo(value.get());
        same(table.columns().get(i).kind(), value.get(), member);
      }
    }
  }

  private static void same(ValueKind kind, String value, JsonNode member) {
    switch (kind) {
      case TEXT -> assertThat(member.stringValue()).isEqualTo(value);
      case BOOLEAN -> assertThat(member.booleanValue()).isEqualTo(value.equals("t"));
      case NUMBER -> {
        if (member.isString()) {
          assertThat(member.stringValue()).isEqualTo(value);
        } else {
          assertThat(member.decimalValue()).isEqualByComparingTo(value);
        }
      }
      case JSONB -> {
        boolean wrapped = value.equals("null") || value.startsWith("{\"$jsonb\"");
        assertThat(wrapped ? member.get("$jsonb") : member).isEqualTo(JSON.readTree(value));
      }
    }
  }

  /** What the parser takes for a row is a JSON object with the table's keys, each once. */
  @Test
  void noChangeMakesARowOfAnotherShape(Random random) {
    int accepted = 0;
    for (int round = 0; round < 3000; round++) {
      Table table = table(random);
      byte[] line = encode(new RowEncoder(table), row(table, random, 3));
      byte[] changed = changed(line, random);
      if (parses(table, changed)) {
        accepted++;
        JsonNode json = JSON.readTree(changed);
        assertThat(json.propertyNames()).containsExactlyElementsOf(keys(table));
      }
    }
    assertThat(accepted).isBetween(1, 1500);
  }

  private static boolean parses(Table table, byte[] line) {
    try {
      return new RowParser(table).parse(line, 0, line.length) == line.length;
    } catch (RowFormatException refused) {
      return false;
    }
  }

  /** Changed in its ASCII: whether it is still UTF-8 is not the parser's question. */
  private static byte[] changed(byte[] line, Random random) {
    int at = random.nextInt(line.length);
    while (line[at] < 0) {
      at = (at + 1) % line.length;
    }
    int next = at + 1 < line.length && line[at + 1] < 0 ? at : Math.min(at + 1, line.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        byte[] flipped = line.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(7));
        yield flipped;
      }
      case 1 -> spliced(line, at, next, "");
      case 2 -> spliced(line, at, at, "{}[],:\"\\0nt ".charAt(random.nextInt(12)) + "");
      default -> spliced(line, at, at, new String(line, 0, at, StandardCharsets.ISO_8859_1));
    };
  }

  private static byte[] spliced(byte[] line, int from, int to, String middle) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    return (text.substring(0, from) + middle + text.substring(to))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void anotherSpellingOfTheSameValueIsRefused() {
    Table table = table(List.of(ValueKind.TEXT, ValueKind.NUMBER));
    String[] others = {
      "{\"k0\":\"\\u0041\",\"k1\":1}", "{\"k0\":\"\\/\",\"k1\":1}", "{\"k0\":\"\\u000a\",\"k1\":1}",
      "{\"k0\":\"\\u001F\",\"k1\":1}", "{\"k0\":\"\\ud83d\\ude00\",\"k1\":1}",
          "{\"k0\":\"a\",\"k1\":+1}",
      "{\"k0\":\"a\", \"k1\":1}", "{\"k0\":\"a\",\"k1\":1.}", "{\"k0\":\"a\",\"k1\":.1}",
      "{\"k0\":\"a\",\"k1\":\"inf\"}", "{\"\\u006b0\":\"a\",\"k1\":1}", "{\"k1\":1,\"k0\":\"a\"}"
    };
    for (String other : others) {
      assertThat(parses(table, other.getBytes(StandardCharsets.UTF_8))).as(other).isFalse();
    }
    assertThat(parses(table, "{\"k0\":\"\\u001f\",\"k1\":1}".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }

  @Test
  void copyTextComesBack(Random random) {
    for (int round = 0; round < 2000; round++) {
      String text = text(random, 30);
      ByteSink sink = new ByteSink(8);
      CopyText.encode(text, sink);
      byte[] bytes = sink.toByteArray();
      assertThat(bytes).doesNotContain('\n', '\t', '\r');
      assertThat(CopyText.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }
  }

  private static byte[] encode(RowEncoder encoder, Row row) {
    ByteSink copy = new ByteSink(64);
    for (int i = 0; i < row.values().size(); i++) {
      if (i > 0) {
        copy.put('\t');
      }
      row.values().get(i).ifPresentOrElse(v -> CopyText.encode(v, copy), () -> copy.put("\\N"));
    }
    copy.put('\n');
    ByteSink line = new ByteSink(16);
    encoder.encode(copy.toByteArray(), 0, line, new ByteSink(16));
    line.put('}');
    return line.toByteArray();
  }

  private static Row row(Table table, Random random, int pieces) {
    List<Optional<String>> values = new ArrayList<>();
    for (Column column : table.columns()) {
      values.add(
          random.nextInt(5) == 0
              ? Optional.empty()
              : Optional.of(value(column.kind(), random, pieces)));
    }
    return new Row(values);
  }

  private static String value(ValueKind kind, Random random, int pieces) {
    return switch (kind) {
      case NUMBER ->
          random.nextBoolean()
              ? NUMBERS[random.nextInt(NUMBERS.length)]
              : new BigInteger(1 + random.nextInt(300), random).toString();
      case BOOLEAN -> random.nextBoolean() ? "t" : "f";
      case JSONB ->
          random.nextBoolean()
              ? JSONBS[random.nextInt(JSONBS.length)]
              : "[" + JsonStrings.quote(text(random, pieces)) + ", 1]";
      case TEXT -> text(random, pieces);
    };
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(
          random.nextInt(4) == 0
              ? Character.toString(1 + random.nextInt(0x7f))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static Table table(Random random) {
    ValueKind[] kinds = ValueKind.values();
    return table(
        random.ints(random.nextInt(5), 0, kinds.length).mapToObj(kind -> kinds[kind]).toList());
  }

  private static Table table(List<ValueKind> kinds) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      columns.add(
          new Column("k" + i, "k" + i, "any", kinds.get(i), false, false, Column.Generation.NONE));
    }
    return new Table(
        new QualifiedName("public", "t"), "t", Table.Kind.TABLE, columns, List.of(), List.of(), "");
  }

  private static List<String> keys(Table table) {
    return table.columns().stream().map(Column::key).toList();
  }
}
