package dev.coffer.server.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Instants in the state's database, in milliseconds. */
public final class Times {
  /** PostgreSQL has no NUL in texts, and the others only confuse who reads them. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

  private Times() {}

  /** An instant as a statement's parameter. */
  public static OffsetDateTime parameter(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }

  public static Instant read(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }

  public static Optional<Instant> readOptional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** {@code text}, cut to what its column holds, and without what no column may hold. */
  public static String cut(String text, int characters) {
    String some = text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
    return CONTROL.matcher(some).replaceAll("");
  }
}
