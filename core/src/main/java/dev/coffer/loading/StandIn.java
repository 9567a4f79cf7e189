package dev.coffer.loading;

import dev.coffer.model.Column;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column gets in the place of a sealed value that nothing opens. It must never work as the
 * secret, nor as another one: no hash has its form, and nobody can guess it. It differs from row to
 * row, since the column may be unique. May be asked by several threads.
 */
public final class StandIn {
  /** For a column that may be null, and for one of whose type nothing better is known. */
  public static final StandIn NULL = new StandIn(Form.NULL, 0);

  private static final Pattern TEXT =
      Pattern.compile(
          "(?:text|character varying|character|bpchar|(?:.*\\.)?citext)(?:\\((\\d+)\\))?");
  private static final Pattern NUMBER = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");
  private static final Pattern DAY =
      Pattern.compile("date|timestamp(\\(\\d\\))? with(out)? time zone");
  private static final String MARK = "!sealed:";

  /** Decimal digits that every value of these has room for. */
  private static final int MOST_DIGITS = 18;

  private static final long MOST_OF_REAL = 1 << 24;

  private static final LocalDate FIRST_DAY = LocalDate.of(-2999, 1, 1);
  private static final long DAYS = 1_000_000;

  /** Random values of so many bits are not made twice. */
  private static final int ENOUGH_HEX_DIGITS = 24;

  private enum Form {
    NULL("null"),
    TEXT("a random text that begins with an exclamation mark"),
    UUID("a random UUID"),
    JSON("a random JSON string"),
    BYTES("random bytes"),
    ARRAY("an empty array"),
    NEGATIVE("a negative number"),
    DATE("a day before our era"),
    FALSE("false");

    private final String description;

    Form(String description) {
      this.description = description;
    }
  }

  private final Form form;
  private final long longest;
  private final AtomicLong given;

  /**
   * @param longest the longest text, or how far numbers go below zero; they begin anywhere, so as
   *     not to be those of an earlier run
   */
  private StandIn(Form form, long longest) {
    this.form = form;
    this.longest = longest;
    long random = java.util.UUID.randomUUID().getLeastSignificantBits();
    boolean counted = form == Form.NEGATIVE || form == Form.DATE;
    given = new AtomicLong(counted ? Math.floorMod(random, longest) : 0);
  }

  public static StandIn of(Column column) {
    if (!column.notNull()) {
      return NULL;
    }
    String type = column.type();
    Matcher text = TEXT.matcher(type);
    if (text.matches()) {
      String length = text.group(1);
      return new StandIn(Form.TEXT, length == null ? Integer.MAX_VALUE : Integer.parseInt(length));
    }
    if (type.endsWith("[]")) {
      return new StandIn(Form.ARRAY, 0);
    }
    Matcher number = NUMBER.matcher(type);
    if (number.matches()) {
      int whole = Integer.parseInt(number.group(1)) - Integer.parseInt(number.group(2));
      return whole < 1
          ? NULL
          : new StandIn(Form.NEGATIVE, (long) Math.pow(10, Math.min(whole, MOST_DIGITS)) - 1);
    }
    if (DAY.matcher(type).matches()) {
      return new StandIn(Form.DATE, DAYS);
    }
    return switch (type) {
      case "uuid" -> new StandIn(Form.UUID, 0);
      case "json", "jsonb" -> new StandIn(Form.JSON, 0);
      case "bytea" -> new StandIn(Form.BYTES, 0);
      case "boolean" -> new StandIn(Form.FALSE, 0);
      case "smallint" -> new StandIn(Form.NEGATIVE, Short.MAX_VALUE);
      case "integer" -> new StandIn(Form.NEGATIVE, Integer.MAX_VALUE);
      case "bigint" -> new StandIn(Form.NEGATIVE, Long.MAX_VALUE);
      case "real" -> new StandIn(Form.NEGATIVE, MOST_OF_REAL);
      case "numeric", "double precision" -> new StandIn(Form.NEGATIVE, Integer.MAX_VALUE);
      default -> NULL;
    };
  }

  /** For a text that says that a value is not in a backup. */
  public static StandIn text() {
    return new StandIn(Form.TEXT, Integer.MAX_VALUE);
  }

  /** What it is, for people. */
  public String description() {
    return form.description;
  }

  /** One of them, as SQL takes it; empty for null. */
  public Optional<String> example() {
    return form == Form.NULL ? Optional.empty() : Optional.of(next().replace("\\\\", "\\"));
  }

  /** Whether so many of them differ from each other, and from those that were given before. */
  public boolean differ(long rows) {
    return switch (form) {
      case NULL, UUID, JSON, BYTES -> true;
      case TEXT -> longest > ENOUGH_HEX_DIGITS;
      case NEGATIVE, DATE -> longest >= DAYS && rows < longest / 2;
      case ARRAY, FALSE -> false;
    };
  }

  /** The next one, in COPY's text format. */
  public byte[] copyText() {
    return next().getBytes(StandardCharsets.US_ASCII);
  }

  private String next() {
    // Java makes these from a cryptographically strong source.
    String random = java.util.UUID.randomUUID().toString();
    return switch (form) {
      case NULL -> "\\N";
      case TEXT -> fitting(random);
      case UUID -> random;
      case JSON -> '"' + MARK + random + '"';
      case BYTES -> "\\\\x" + random.replace("-", "");
      case ARRAY -> "{}";
      case NEGATIVE -> String.format(Locale.ROOT, "-%d", nextNumber() + 1);
      case DATE -> day(FIRST_DAY.plusDays(nextNumber()));
      case FALSE -> "f";
    };
  }

  private static String day(LocalDate day) {
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d BC",
        1 - day.getYear(),
        day.getMonthValue(),
        day.getDayOfMonth());
  }

  private String fitting(String random) {
    if (MARK.length() + random.length() <= longest) {
      return MARK + random;
    }
    String shorter = "!" + random.replace("-", "");
    return shorter.substring(0, (int) Math.min(shorter.length(), longest));
  }

  private long nextNumber() {
    return given.getAndUpdate(last -> last + 1 >= longest ? 0 : last + 1);
  }
}
