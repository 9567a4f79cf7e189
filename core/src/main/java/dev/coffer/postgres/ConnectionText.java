package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads connection strings (PostgreSQL manual, "Connection Strings") into libpq's keywords. A URL's
 * user information ends at the last {@code @} before the path, as in WHATWG's URLs, so that a
 * password with an {@code @} of its own works as it does in Node.
 */
final class ConnectionText {
  private static final String HINT =
      "Write postgresql://user@host:5432/database, host=… dbname=…, or just a database's name;"
          + " in a URL, % / ? # @ : within a password are written as %25 %2F %3F %23 %40 %3A.";

  private ConnectionText() {}

  /** libpq's keywords and their values; an empty value counts as not given. */
  static Map<String, String> parse(String text) {
    String trimmed = text.strip();
    String url = trimmed.startsWith("jdbc:") ? trimmed.substring(5) : trimmed;
    for (String scheme : new String[] {"postgresql://", "postgres://"}) {
      if (url.startsWith(scheme)) {
        return url(url.substring(scheme.length()));
      }
    }
    if (url.contains("://")) {
      throw malformed("its scheme is not postgresql:// or postgres://");
    }
    Map<String, String> found = url.contains("=") ? new Keywords(url).read() : named(url);
    found.values().removeIf(String::isEmpty);
    return found;
  }

  private static Map<String, String> named(String database) {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("dbname", database);
    return found;
  }

  private static Map<String, String> url(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    int question = text.indexOf('?', Math.max(0, text.lastIndexOf('@')));
    String place = question < 0 ? text : text.substring(0, question);
    int slash = place.indexOf('/', Math.max(0, place.lastIndexOf('@')));
    String authority = slash < 0 ? place : place.substring(0, slash);
    put(found, "dbname", slash < 0 ? "" : place.substring(slash + 1));
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String userInfo = authority.substring(0, at);
      int colon = userInfo.indexOf(':');
      put(found, "user", colon < 0 ? userInfo : userInfo.substring(0, colon));
      put(found, "password", colon < 0 ? "" : userInfo.substring(colon + 1));
    }
    hostAndPort(found, authority.substring(at + 1));
    if (question >= 0) {
      parameters(found, text.substring(question + 1));
    }
    return found;
  }

  private static void hostAndPort(Map<String, String> found, String text) {
    int portColon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) {
        throw malformed("an IPv6 address lacks its closing bracket");
      }
      put(found, "host", text.substring(1, close));
      portColon = text.indexOf(':', close);
    } else {
      put(found, "host", portColon < 0 ? text : text.substring(0, portColon));
    }
    put(found, "port", portColon < 0 ? "" : text.substring(portColon + 1));
  }

  private static void parameters(Map<String, String> found, String query) {
    String before = "";
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw malformed("a parameter is not followed by = and a value");
      }
      String keyword = ConnectionKeywords.ofParameter(decode(pair.substring(0, equals)), before);
      String value = pair.substring(equals + 1);
      if (keyword.equals("ssl")) {
        put(found, "sslmode", modeOfSsl(decode(value)));
      } else {
        put(found, keyword, value);
      }
      before = keyword;
    }
  }

  private static String modeOfSsl(String value) {
    return switch (value) {
      case "true", "1" -> "require";
      case "false", "0", "" -> "";
      default -> throw malformed("ssl is neither true nor false");
    };
  }

  private static void put(Map<String, String> found, String keyword, String encoded) {
    String value = decode(encoded);
    if (!value.isEmpty()) {
      found.put(keyword, value);
    }
  }

  private static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] source = encoded.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < source.length; at++) {
      if (source[at] != '%') {
        bytes.write(source[at]);
        continue;
      }
      int high = at + 2 < source.length ? Character.digit(source[at + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(source[at + 2], 16);
      if (low < 0 || (high | low) == 0) {
        throw malformed("a % is not followed by the two digits of a character");
      }
      bytes.write(high << 4 | low);
      at += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  static CofferException malformed(String why) {
    return new CofferException(
        ErrorCode.USAGE, "the database's connection string cannot be read: " + why, HINT);
  }

  /** Reads {@code keyword = 'value'} pairs: quotes and backslashes as libpq takes them. */
  private static final class Keywords {
    private final String text;
    private int at;

    Keywords(String text) {
      this.text = text;
    }

    Map<String, String> read() {
      Map<String, String> found = new LinkedHashMap<>();
      String before = "";
      for (skipSpaces(); at < text.length(); skipSpaces()) {
        int equals = text.indexOf('=', at);
        String keyword = equals < 0 ? "" : text.substring(at, equals).strip();
        if (keyword.isEmpty() || keyword.contains(" ")) {
          throw malformed("a keyword is not followed by = and a value");
        }
        ConnectionKeywords.require(keyword, before);
        before = keyword;
        at = equals + 1;
        skipSpaces();
        found.put(keyword, value());
      }
      return found;
    }

    private String value() {
      boolean quoted = at < text.length() && text.charAt(at) == '\'';
      at += quoted ? 1 : 0;
      StringBuilder value = new StringBuilder();
      while (at < text.length()) {
        char next = text.charAt(at++);
        if (next == '\\' && at < text.length()) {
          value.append(text.charAt(at++));
        } else if (quoted ? next == '\'' : Character.isWhitespace(next)) {
          return value.toString();
        } else {
          value.append(next);
        }
      }
      if (quoted) {
        throw malformed("a quoted value is not closed");
      }
      return value.toString();
    }

    private void skipSpaces() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
