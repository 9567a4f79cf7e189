package dev.coffer.restore.rebuild;

import dev.coffer.export.Texts;
import dev.coffer.model.Identifiers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Types of which Coffer knows the binary form, with hard values and random ones, as SQL. */
final class KnownTypes {
  private static final int RANDOM_VALUES = 60;
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final String ENUM =
      """
      SET TimeZone = 'UTC';
      CREATE TYPE "Mood Ring" AS ENUM
        ('sad', 'o''k', 'say "hi"', 'back\\slash', E'new\\nline', '\\N', '', '\u00e9\ud83d\ude00');
      """;

  private final Random random;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @param infinity whether the server's {@code numeric} has one: from release 14 on
   */
  KnownTypes(Random random, boolean infinity) {
    this.random = random;
    numbers(infinity);
    texts();
    times();
  }

  private void type(String type, Supplier<String> more, String... hard) {
    List<String> all = new ArrayList<>(List.of(hard));
    IntStream.range(0, RANDOM_VALUES).forEach(i -> all.add(more.get()));
    values.put(type, all);
  }

  private void numbers(boolean infinity) {
    type("boolean", () -> "" + random.nextBoolean(), "true", "false");
    type("smallint", () -> "" + (short) random.nextInt(), "-32768", "32767", "0", "-1");
    type("integer", () -> "" + shifted(32), "-2147483648", "2147483647", "0", "-1");
    String[] longs = {"-9223372036854775808", "9223372036854775807", "0", "-1"};
    type("bigint", () -> "" + shifted(0), longs);
    String[] words = {"NaN", "Infinity", "-Infinity", "0", "-0", "0.1", "1e15", "1e16", "1e22"};
    String[] reals = {"1e-45", "1.17549435e-38", "3.4028235e38", "16777216", "16777217", "1e-4"};
    type("real", this::real, join(words, reals));
    String[] doubles = {
      "4.9e-324",
      "2.2250738585072014e-308",
      "1.7976931348623157e308",
      "9007199254740993",
      "9007199254740992",
      "0.30000000000000004",
      "123456789012345.67",
      "1e-5",
      "8.5"
    };
    type("double precision", this::real, join(words, doubles));
    String thousand = "7".repeat(1000);
    String[] numerics = {
      "NaN",
      "0",
      "-0",
      "0.000",
      "-0.00",
      "0.1",
      "0.0001",
      "0.00001",
      "-0.00000000000012",
      "1",
      "10000",
      "9999",
      "-10000.0001",
      "1000000000000",
      "100000000.000000001",
      "1.50",
      "12345",
      "12345.678901",
      thousand,
      "-0." + thousand,
      thousand + "." + thousand,
      "1" + "0".repeat(4000),
      "0." + "0".repeat(4000) + "1",
      "3" + "0".repeat(131_000),
      "0." + "0".repeat(16_382) + "9",
      "1.0000",
      "20000.00000000"
    };
    type("numeric", this::numeric, infinity ? join(numerics, "Infinity", "-Infinity") : numerics);
    type(
        "numeric(12,4)",
        () -> random.nextInt(99_999_999) + "." + random.nextInt(9999),
        "0",
        "-0.5",
        "NaN");
  }

  private static String[] join(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private long shifted(int least) {
    return random.nextLong() >> (least + random.nextInt(64 - least));
  }

  private String real() {
    float value = Float.intBitsToFloat(random.nextInt());
    return switch (random.nextInt(3)) {
      case 0 -> "" + BigDecimal.valueOf(shifted(8), random.nextInt(12));
      case 1 -> "" + random.nextInt(100_000) / 100.0;
      default -> Float.isFinite(value) && Math.abs(value) > 1e-37 ? "" + value : "0.7";
    };
  }

  private String numeric() {
    BigInteger digits = new BigInteger(1 + random.nextInt(400), random);
    int zeros = random.nextInt(12);
    String number = new BigDecimal(digits, random.nextInt(140)).toPlainString();
    String more = number.contains(".") ? "0".repeat(zeros) : "";
    return (random.nextBoolean() ? "-" : "") + number + more;
  }

  private void texts() {
    String all = IntStream.range(0, 256).mapToObj(i -> (char) i + "").collect(Collectors.joining());
    String[] special = join(Texts.SPECIAL.toArray(String[]::new), Texts.controls());
    type("text", () -> Texts.random(random, 80), join(special, "x\\\"\u00e9".repeat(25_000)));
    type("character varying", () -> Texts.random(random, 20), special);
    type("character varying(9)", () -> Texts.random(random, 9), "", "a  ", "\\N", "\u00e9\\\"");
    type("character(12)", () -> Texts.random(random, 12), "", "a  ", "\\N", "\ud83d\ude00");
    type("bytea", () -> "\\x" + hex(random.nextInt(90)), "", "\\x" + latin1(all), "\\x00");
    type("uuid", () -> hex(16), "0".repeat(32), "f".repeat(32));
    String[] jsons = {
      "null",
      "[]",
      "{}",
      "1.50",
      "\"\"",
      "{\"$jsonb\": 1}",
      "{\"$jsonb\": null}",
      "[null]",
      "\"\\\\ \\\" \\/ \\b\\f\\n\\r\\t \\u00e9\\u0001\\ud83d\\ude00\"",
      "{\"\": {\"a\": [1, 2.0e5]}}"
    };
    type("jsonb", this::json, jsons);
    type("json", this::json, join(jsons, " { \"a\" :\n1, \"a\":\t2 } ", "\"\\u0000\""));
    type("\"Mood Ring\"", () -> "sad", "o'k", "say \"hi\"", "back\\slash", "new\nline", "\\N", "");
  }

  private static String latin1(String bytes) {
    return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String hex(int bytes) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return HexFormat.of().formatHex(some);
  }

  private String json() {
    return "{\"a\": [" + random.nextInt() + ", \"" + hex(9) + "\\n\\\\\"], \"b\": null}";
  }

  private void times() {
    String[] dates = {
      "infinity", "-infinity", "4714-11-24 BC", "5874897-12-31", "0001-01-01", "0001-12-31 BC",
      "0001-02-29 BC", "0005-02-29 BC", "2000-01-01", "1999-12-31", "2000-02-29", "1900-03-01",
      "2100-02-28", "2024-02-29", "9999-12-31", "10000-01-01", "0004-02-29", "1970-01-01"
    };
    type("date", () -> day(FIRST.plusDays(random.nextLong(-2_451_545, 2_145_031_949)), ""), dates);
    type("time", this::time, "00:00:00", "24:00:00", "23:59:59.999999", "00:00:00.000001", "1:2");
    String[] moments = {
      "infinity",
      "-infinity",
      "4714-11-24 00:00:00 BC",
      "4714-11-24 00:00:00.000001 BC",
      "294276-12-31 23:59:59.999999",
      "0001-12-31 23:59:59.999999 BC",
      "0001-01-01 00:00:00",
      "1999-12-31 23:59:59.999999",
      "2000-01-01 00:00:00",
      "2000-01-01 00:00:00.1",
      "2026-11-23 06:24:50.123",
      "10000-01-01 00:00:00",
      "0005-02-29 12:00 BC"
    };
    for (String type : List.of("timestamp", "timestamp with time zone")) {
      type(type, this::moment, moments);
    }
    type("timestamp(3)", () -> "2026-01-25 14:30:45." + random.nextInt(1000), "infinity");
  }

  private String moment() {
    long micros = random.nextLong(-211_813_488_000_000_000L, 9_223_371_331_200_000_000L);
    // Most times are of our days, and most of them are in milliseconds.
    boolean ours = random.nextInt(4) > 0;
    LocalDateTime moment =
        ours
            ? FIRST.atStartOfDay().plus(micros / 10_000_000, ChronoUnit.MILLIS)
            : FIRST.atStartOfDay().plus(micros, ChronoUnit.MICROS);
    return day(moment.toLocalDate(), " " + moment.toLocalTime());
  }

  private static String day(LocalDate day, String time) {
    int year = day.getYear();
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d%s%s",
        year > 0 ? year : 1 - year,
        day.getMonthValue(),
        day.getDayOfMonth(),
        time,
        year > 0 ? "" : " BC");
  }

  private String time() {
    return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1000).toString();
  }

  /**
   * Makes a table for each type, {@code t_1} and so on, and a table {@code mixed} of all of them
   * with some nulls.
   */
  String sql() {
    StringBuilder sql = new StringBuilder(ENUM);
    List<String> columns = new ArrayList<>();
    List<String> mixed = new ArrayList<>();
    values.forEach((type, all) -> {
      String table = "t_" + (columns.size() + 1);
      sql.append("CREATE TABLE %s (id serial, v %s);%n".formatted(table, type));
      for (String value : all) {
        sql.append("INSERT INTO ").append(table).append(" (v) VALUES (");
        sql.append(Identifiers.literal(value)).append("::").append(type).append(");\n");
      }
      sql.append("INSERT INTO ").append(table).append(" (v) VALUES (NULL);\n");
      columns.add(table + " " + type);
      mixed.add("(SELECT v FROM " + table + " WHERE id = (i * 7 + " + mixed.size() + ") % 90)");
    });
    sql.append("CREATE TABLE mixed (").append(String.join(", ", columns)).append(");\n");
    sql.append("INSERT INTO mixed SELECT ").append(String.join(",\n  ", mixed));
    return sql.append(" FROM generate_series(1, 90) i").toString();
  }

  List<String> tables() {
    return Stream.concat(
            IntStream.rangeClosed(1, values.size()).mapToObj(i -> "t_" + i), Stream.of("mixed"))
        .toList();
  }
}
