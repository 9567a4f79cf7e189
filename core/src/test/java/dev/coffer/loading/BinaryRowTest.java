package dev.coffer.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.BinaryType;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.testkit.SeededRandom;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values get the form that the server's receive functions read, or are refused. */
@ExtendWith(SeededRandom.class)
final class BinaryRowTest {

  private static Table table(String type, boolean sealed) {
    ValueKind kind = ValueKind.ofBaseType(type);
    return new Table(
        new QualifiedName("public", "t"),
        "things",
        Table.Kind.TABLE,
        List.of(new Column("v", "v", type, kind, false, sealed, Column.Generation.NONE)),
        List.of(),
        List.of(),
        sealed ? "_fingerprint" : "");
  }

  /** The tuple of the only value that is written so in the document. */
  private static byte[] tuple(String type, String json) throws RowFormatException {
    Table table = table(type, false);
    byte[] line = ("{\"v\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    RowDecoder decoder = new RowDecoder(table);
    decoder.read(line, 0, line.length);
    BinaryType binary = BinaryType.of(type, ValueKind.ofBaseType(type)).orElseThrow();
    ByteSink tuples = new ByteSink(0);
    new BinaryRow(table, List.of(binary)).append(decoder, tuples);
    return tuples.toByteArray();
  }

  private static long eightBytes(String type, String json) throws RowFormatException {
    return ByteBuffer.wrap(tuple(type, json)).getLong(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "bool|true|0001 00000001 01",
        "bool|null|0001 ffffffff",
        "int2|-2|0001 00000002 fffe",
        "int8|-9223372036854775808|0001 00000008 8000000000000000",
        "float4|-0|0001 00000004 80000000",
        "numeric|-12345.678|0001 0000000e 0003 0001 4000 0003 0001 0929 1a7c",
        "numeric|0.00|0001 0000000a 0001 ffff 0000 0002 0000",
        "numeric|\"-Infinity\"|0001 00000008 0000 0000 f000 0000",
        "text|\"\"|0001 00000000",
        "text|\"a\\n\\u0001\\\\\"|0001 00000004 610a015c",
        "text|\"\u00e9\"|0001 00000002 c3a9",
        "jsonb|{\"$jsonb\": null}|0001 00000005 01 6e756c6c",
        "jsonb|\"\\n\"|0001 00000005 01 225c6e22",
        "bytea|\"\\\\x\"|0001 00000000",
        "bytea|\"\\\\x00ff\"|0001 00000002 00ff",
        "date|\"2000-01-01\"|0001 00000004 00000000",
        "date|\"-infinity\"|0001 00000004 80000000",
        "time|\"24:00:00\"|0001 00000008 000000141dd76000",
        "timestamptz|\"1999-12-31 23:59:59.999999+00\"|0001 00000008 ffffffffffffffff",
        "uuid|\"00112233-4455-6677-8899-aabbccddeeff\"|0001 00000010"
            + " 00112233445566778899aabbccddeeff",
      })
  void isAsThePostgresManualSays(String type, String json, String hex) throws RowFormatException {
    assertThat(HexFormat.of().formatHex(tuple(type, json))).isEqualTo(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int2 32768",
        "int2 -32769",
        "int4 2147483648",
        "int4 1.0",
        "int4 1e3",
        "int4 \"NaN\"",
        "int8 9223372036854775808",
        "int8 -9223372036854775809",
        "int8 9999999999999999999",
        "int8 18446744073709551617",
        "float4 1e39",
        "float4 1e-60",
        "float8 1e400",
        "float8 -1e-400",
        "numeric 1e5",
        "numeric 0e5",
        "numeric 1.5e-3",
        "date \"\"",
        "date \"2000-1-1\"",
        "date \"2000-02-30\"",
        "date \"1900-02-29\"",
        "date \"0004-02-29 BC\"",
        "date \"2000-13-01\"",
        "date \"2000-00-01\"",
        "date \"2000-01-00\"",
        "date \"0000-01-01\"",
        "date \"99999999-01-01\"",
        "date \"4715-01-01 BC\"",
        "date \"2000/01/01\"",
        "date \"2000-01-01 00:00:00\"",
        "date \"infinite\"",
        "date \"+infinity\"",
        "date \" BC\"",
        "date \"today\"",
        "time \"24:00:00.1\"",
        "time \"12:60:00\"",
        "time \"12:00:60\"",
        "time \"12:00\"",
        "time \"12:00:00.\"",
        "time \"12:00:00.1234567\"",
        "time \"12:00:00+00\"",
        "timestamp \"2000-01-01\"",
        "timestamp \"2000-01-01T00:00:00\"",
        "timestamp \"2000-01-01 24:00:00\"",
        "timestamp \"2000-01-01 00:00:00+00\"",
        "timestamp \"294277-01-01 00:00:00\"",
        "timestamp \"2000-01-01 00:00:00 AD\"",
        "timestamp \"BC\"",
        "timestamp \"2000-01-01 \"",
        "timestamp \"2000-01-01 00:00:0x\"",
        "timestamptz \"2000-01-01 00:00:00\"",
        "timestamptz \"2000-01-01 00:00:00+01\"",
        "timestamptz \"2000-01-01 00:00:00-00\"",
        "timestamptz \"2000-01-01 00:00:00 BC+00\"",
        "timestamptz \"+00\"",
        "bytea \"\"",
        "bytea \"\\\\\"",
        "bytea \"\\\\x0\"",
        "bytea \"\\\\x0g\"",
        "bytea \"\\\\xFF\"",
        "bytea \"x00\"",
        "bytea \"\\\\\\\\00\"",
        "bytea \"\u00e9\"",
        "uuid \"\"",
        "uuid \"00112233445566778899aabbccddeeff\"",
        "uuid \"00112233-4455-6677-8899-AABBCCDDEEFF\"",
        "uuid \"00112233-4455-6677-88990aabbccddeeff\"",
        "uuid \"{0112233-4455-6677-8899-aabbccddeef}\""
      })
  void whatIsNoValueOfTheTypeIsDamage(String value) {
    String[] parts = value.split(" ", 2);
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> tuple(parts[0], parts[1]));

    assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(failure.fact()).contains("things", "column v").doesNotContain(parts[1]);
  }

  @Test
  void anotherKindThanTheTypesIsNotKnown() {
    assertThat(BinaryType.of("int4", ValueKind.TEXT)).isEmpty();
    assertThat(BinaryType.of("uuid", ValueKind.NUMBER)).isEmpty();
    assertThat(BinaryType.of("oid", ValueKind.NUMBER)).isEmpty();
    assertThat(BinaryType.of("", ValueKind.TEXT)).isEmpty();
  }

  /** In a document that was made of an earlier system's file. */
  @Test
  void aSecretThatNobodyKnowsBecomesNull() throws RowFormatException {
    Table table = table("text", true);
    byte[] line =
        "{\"v\":\"[ENCRYPTED]\",\"_fingerprint\":\"abcdEF_-\"}".getBytes(StandardCharsets.UTF_8);
    RowDecoder decoder = new RowDecoder(table);
    decoder.read(line, 0, line.length);
    decoder.open("[null]".getBytes(StandardCharsets.UTF_8), 0, "[null]".length());
    ByteSink tuples = new ByteSink(0);
    new BinaryRow(table, List.of(BinaryType.TEXT)).append(decoder, tuples);

    assertThat(tuples.toByteArray()).containsExactly(0, 1, -1, -1, -1, -1);
  }

  /** However it is converted, by one exact division or by Java's parser. */
  @Test
  void floatingPointNumbersAreRoundedOnce(Random random) throws RowFormatException {
    for (int i = 0; i < 20_000; i++) {
      long digits = random.nextLong() >> random.nextInt(64);
      String text = BigDecimal.valueOf(digits, random.nextInt(19)).toPlainString();

      assertThat(eightBytes("float8", text))
          .as(text)
          .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
      assertThat(ByteBuffer.wrap(tuple("float4", text)).getInt(6))
          .as(text)
          .isEqualTo(Float.floatToIntBits(Float.parseFloat(text)));
    }
  }
}
