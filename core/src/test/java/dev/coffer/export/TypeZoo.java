package dev.coffer.export;

import dev.coffer.model.Identifiers;
import dev.coffer.testkit.TestDatabase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A table for every type that a column can have, filled with the values that are special to it and
 * with random ones: plain, in a domain, in arrays, and in a composite type.
 */
public final class TypeZoo {
  private static final int RANDOM_ROWS = 8;

  private final TestDatabase database;
  private final Random random;
  private final Map<String, Supplier<String>> types = new LinkedHashMap<>();
  private final Map<String, List<String>> specials = new LinkedHashMap<>();

  private TypeZoo(TestDatabase database, Random random) {
    this.database = database;
    this.random = random;
  }

  public static void fill(TestDatabase database, Random random) {
    TypeZoo zoo = new TypeZoo(database, random);
    zoo.prepare();
    zoo.numbers();
    zoo.texts();
    zoo.times();
    zoo.shapes();
    zoo.networks();
    zoo.documents();
    zoo.identifiers();
    zoo.ranges();
    zoo.create();
  }

  private void prepare() {
    database.execute(
        """
        CREATE SCHEMA zoo;
        CREATE TYPE zoo."Mood Ring" AS ENUM ('sad', 'o''k', 'say "hi"', 'back\\slash', 'new
        line', '\\N', '');
        CREATE TYPE zoo.text_range AS RANGE (subtype = text);
        CREATE EXTENSION citext SCHEMA zoo;
        CREATE EXTENSION hstore SCHEMA zoo;
        CREATE TABLE zoo.zoo_0 (a integer[][], b text[], c boolean[]);
        INSERT INTO zoo.zoo_0 VALUES ('[2:3][-1:0]={{1,NULL},{3,4}}', '{}', NULL);
        """);
  }

  private void type(String type, Supplier<String> values, String... special) {
    types.put(type, values);
    specials.put(type, List.of(special));
  }

  private void numbers() {
    type("smallint", () -> "" + (short) random.nextInt(), "-32768", "32767", "0");
    type("integer", () -> "" + random.nextInt(), "-2147483648", "2147483647");
    type("bigint", () -> "" + random.nextLong(), "-9223372036854775808", "9007199254740993");
    type(
        "numeric",
        this::number,
        "NaN",
        "Infinity",
        "-Infinity",
        "0",
        "0.000",
        "-0.10",
        "1e-1000",
        "1" + "0".repeat(4000));
    type("numeric(65,30)", () -> random.nextInt(100_000) + "." + random.nextInt(10_000), "1.5");
    type("real", () -> finite(Float.intBitsToFloat(random.nextInt())), floats());
    type("double precision", () -> finite(Double.longBitsToDouble(random.nextLong())), doubles());
    type("money", () -> "" + random.nextInt() + ".17", "-92233720368547758.08", "$1,234.56");
    type("boolean", () -> "" + random.nextBoolean());
    type("oid", () -> "" + Integer.toUnsignedString(random.nextInt()), "4294967295");
  }

  private String[] floats() {
    return new String[] {"-0", "NaN", "Infinity", "-Infinity", "1e-45", "3.4028235e38", "0.1"};
  }

  private String[] doubles() {
    return new String[] {"-0", "NaN", "Infinity", "-Infinity", "5e-324", "1e22", "0.1", "1e15"};
  }

  private static String finite(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "0.3";
  }

  private static String finite(float value) {
    return Float.isFinite(value) ? Float.toString(value) : "0.3";
  }

  private String number() {
    String digits = new BigInteger(1 + random.nextInt(1500), random).toString();
    return (random.nextBoolean() ? "-" : "") + digits + (random.nextBoolean() ? "" : "." + digits);
  }

  private void texts() {
    List<String> texts = plus(Texts.SPECIAL, Texts.controls(), "x\\\"\u00e9".repeat(25_000));
    type("text", () -> Texts.random(random, 200), texts.toArray(String[]::new));
    type("character varying(40)", () -> Texts.random(random, 40), "", "\\.");
    type("character(12)", () -> Texts.random(random, 12), "", "\\.", "a  ");
    type("\"char\"", () -> "" + (char) (1 + random.nextInt(126)), "", "\\", "\t");
    type("name", () -> Texts.random(random, 15), "", "\\N");
    type("bytea", () -> "\\x" + bytes(random.nextInt(300)), "", "\\x00ff5c");
    type("bit(13)", () -> bits(13));
    type("bit varying", () -> bits(random.nextInt(200)), "");
    type("zoo.\"Mood Ring\"", () -> "sad", "o'k", "say \"hi\"", "back\\slash", "\\N", "");
    type("zoo.citext", () -> Texts.random(random, 50), "\\N", "ISTANBUL");
    type("zoo.hstore", this::hstore, "", "a=>NULL", "\"\"=>\"\"");
  }

  private String hstore() {
    return quoted(Texts.random(random, 20)) + "=>" + quoted(Texts.random(random, 20));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String bits(int count) {
    StringBuilder bits = new StringBuilder();
    random.ints(count, 0, 2).forEach(bits::append);
    return bits.toString();
  }

  private void times() {
    String[] ends = {"infinity", "-infinity"};
    type(
        "date",
        this::date,
        plus(List.of(ends), "4714-11-24 BC", "5874897-12-31").toArray(String[]::new));
    type("time", this::time, "24:00:00", "00:00:00.000001");
    type("time with time zone", () -> time() + zone(), "24:00:00+15:59", "12:00-15:59:59");
    String[] moments = {
      "infinity", "-infinity", "4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999"
    };
    type("timestamp without time zone", () -> date() + " " + time(), moments);
    type("timestamp(3) without time zone", () -> "2026-01-25 14:30:45." + random.nextInt(1000));
    type(
        "timestamp with time zone",
        () -> "1901-02-03 " + time() + zone(),
        "infinity",
        "0044-03-15 12:00:00+00 BC");
    type("interval", this::interval, "178000000 years", "-1 mon +2 days -03:04:05.678901", "0");
  }

  private String date() {
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d",
        1 + random.nextInt(9998),
        1 + random.nextInt(12),
        1 + random.nextInt(28));
  }

  private String time() {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%06d",
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60),
        random.nextInt(1_000_000));
  }

  private String zone() {
    return (random.nextBoolean() ? "+" : "-")
        + String.format(Locale.ROOT, "%02d:30", random.nextInt(12));
  }

  private String interval() {
    return (random.nextInt(2000) - 1000)
        + " mons "
        + (random.nextInt(2000) - 1000)
        + " days "
        + time();
  }

  private void shapes() {
    type("point", this::point, "(NaN,-0)", "(Infinity,1e-300)");
    type("line", () -> "{1," + random.nextDouble() + "," + random.nextDouble() + "}");
    type("lseg", () -> "[" + point() + "," + point() + "]");
    type("box", () -> point() + "," + point());
    type("path", () -> "[" + point() + "," + point() + "]", "((0,0),(1,1))");
    type("polygon", () -> "(" + point() + "," + point() + "," + point() + ")");
    type("circle", () -> "<" + point() + "," + random.nextInt(100) + ">");
  }

  private String point() {
    return "(" + random.nextGaussian() + "," + random.nextInt(1000) + ")";
  }

  private void networks() {
    type("inet", () -> random.nextInt(256) + ".2.3.4/" + random.nextInt(33), "::1", "fe80::1/64");
    type("cidr", () -> random.nextInt(256) + ".0.0.0/8", "2001:db8::/32");
    type("macaddr", () -> bytes(6));
    type("macaddr8", () -> bytes(8));
  }

  private void documents() {
    type("uuid", () -> bytes(16));
    type("json", this::json, " { \"a\" :\n1, \"a\":\t2 } ", "null", "\"\\u0000\"", "[]", "1.0e5");
    type(
        "jsonb",
        this::json,
        "null",
        "{\"$jsonb\": 1}",
        "{\"$jsonb\": null}",
        "{\"$jsonb\": 1, \"b\": 2}",
        "[null]",
        "\"null\"",
        "{\"$jsonbx\": {}}",
        "1e400",
        "\"[ENCRYPTED]\"");
    type("jsonpath", () -> "$.a[" + random.nextInt(9) + "]", "strict $.\"\\\"x\" ? (@ > 1)");
    type("tsvector", this::words, "", "'it''s':1A,2B \"b\\\\ack\"");
    type("tsquery", () -> "'x" + random.nextInt(99) + "' & ! 'y''s':*A", "");
    type(
        "xml",
        () -> "<a b=\"" + random.nextInt() + "\">&lt;\\\n</a>",
        "",
        "text <b/> more",
        "<?xml version=\"1.0\"?><c/>");
  }

  private String json() {
    String text = quoted(Texts.random(random, 60).replaceAll("[\\x01-\\x1f]", "~"));
    return "{" + text + ": [" + random.nextInt() + ", " + text + ", {\"\\t\\u00e9\": null}]}";
  }

  private String words() {
    return quotedWord() + ":" + (1 + random.nextInt(99)) + "A " + quotedWord();
  }

  private String quotedWord() {
    return "'" + Texts.random(random, 12).replace("\\", "\\\\").replace("'", "''") + "z'";
  }

  private void identifiers() {
    type("pg_lsn", () -> "16/" + Integer.toHexString(random.nextInt()), "0/0");
    type("pg_snapshot", () -> "10:20:10," + (11 + random.nextInt(9)));
    type("txid_snapshot", () -> "10:20:14,15");
    type("xid", () -> Integer.toUnsignedString(random.nextInt()));
    type("xid8", () -> Long.toString(random.nextLong() >>> 1));
    type("cid", () -> "" + random.nextInt(1000));
    type("tid", () -> "(" + random.nextInt(1000) + ",7)");
    type("int2vector", () -> random.nextInt(9) + " " + random.nextInt(9), "");
    type("oidvector", () -> random.nextInt(9) + " " + random.nextInt(9), "");
    type("regclass", () -> "pg_class", "-", "4294967295", "zoo.zoo_1");
    type("regtype", () -> "integer", "zoo.\"Mood Ring\"", "numeric[]");
    type("regproc", () -> "now", "-");
    type("regprocedure", () -> "abs(integer)");
    type("regoper", () -> "||/");
    type("regoperator", () -> "+(integer,integer)");
    type("regnamespace", () -> "zoo");
    type("regrole", () -> "pg_monitor");
    type("regconfig", () -> "english");
    type("regdictionary", () -> "simple");
    type("regcollation", () -> "\"C\"");
    type("refcursor", () -> Texts.random(random, 9));
    type("aclitem", () -> "pg_monitor=r/pg_monitor");
  }

  private void ranges() {
    type("int4range", () -> "[1," + (2 + random.nextInt(99)) + ")", "empty", "(,)", "[5,]");
    type("int8range", () -> "(," + random.nextLong() + "]");
    type("numrange", () -> "[-1.50," + random.nextInt(9) + ".00]", "[1,infinity)");
    type("tsrange", () -> "[2000-01-01," + "2024-02-29 12:00)", "[,infinity]");
    type("tstzrange", () -> "(2000-01-01 00:00+01,infinity)");
    type("daterange", () -> "[2000-01-01,2000-01-0" + (2 + random.nextInt(7)) + "]");
    type(
        "zoo.text_range",
        () -> "[a," + quoted("b" + Texts.random(random, 9)) + "]",
        "[\"\",\"\\\\\"]");
    type("int4multirange", () -> "{[1,2),[5," + (7 + random.nextInt(9)) + ")}", "{}", "{(,)}");
    type("nummultirange", () -> "{[1.10,2.0]}");
    type("datemultirange", () -> "{[2000-01-01,infinity)}");
    type("tstzmultirange", () -> "{(,2000-01-01 00:00+05)}");
    type("zoo.text_multirange", () -> "{[a," + quoted("b" + Texts.random(random, 9)) + "]}");
  }

  private static List<String> plus(List<String> list, String... more) {
    List<String> all = new ArrayList<>(list);
    all.addAll(List.of(more));
    return all;
  }

  private void create() {
    StringBuilder sql = new StringBuilder();
    int number = 0;
    for (String type : types.keySet()) {
      sql.append(tables(type, ++number));
    }
    number = 0;
    for (String type : types.keySet()) {
      number++;
      List<String> values = new ArrayList<>(specials.get(type));
      for (int i = 0; i < RANDOM_ROWS; i++) {
        values.add(types.get(type).get());
      }
      rows(sql, number, values.stream().map(value -> literal(value, type)).toList());
    }
    database.execute(sql.toString());
  }

  private static String tables(String type, int number) {
    return """
    CREATE DOMAIN zoo.domain_%1$d AS %2$s;
    CREATE DOMAIN zoo.list_%1$d AS %2$s[];
    CREATE TYPE zoo.pair_%1$d AS (one %2$s, "other Part" text);
    CREATE TABLE zoo.zoo_%1$d (
      v %2$s, d zoo.domain_%1$d, a %2$s[], l zoo.list_%1$d, p zoo.pair_%1$d, q zoo.pair_%1$d[]);
    """
        .formatted(number, type);
  }

  private static String literal(String value, String type) {
    return Identifiers.literal(value) + "::" + type;
  }

  private static void rows(StringBuilder sql, int table, List<String> values) {
    String insert = "INSERT INTO zoo.zoo_" + table + " VALUES (";
    sql.append(insert).append("NULL, NULL, NULL, NULL, NULL, NULL);\n");
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String next = values.get((i + 1) % values.size());
      String pair = "ROW(" + value + ", '(\"x\\,')::zoo.pair_" + table;
      sql.append(insert).append(value).append(", ").append(value);
      sql.append(", ARRAY[").append(value).append(", NULL, ").append(next).append("], ARRAY[[");
      sql.append(value).append(", NULL], [").append(next).append(", ").append(value);
      sql.append("]], ").append(pair).append(", ARRAY[").append(pair).append(", NULL]);\n");
    }
  }
}
