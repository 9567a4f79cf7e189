package dev.coffer.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names and ids as a part of an address. Servers and proxies refuse slashes, and much else, even
 * when it is escaped: what is not harmless travels as {@code ~} and base64 (RFC 4648, section 5).
 */
public final class PathName {
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final String MARK = "~";

  private PathName() {}

  /** The name as a part of an address. */
  public static String of(String name) {
    return HARMLESS.matcher(name).matches()
        ? name
        : MARK
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The name; empty where the part is none. */
  public static Optional<String> read(String part) {
    if (!part.startsWith(MARK)) {
      return Optional.of(part);
    }
    try {
      byte[] name = Base64.getUrlDecoder().decode(part.substring(MARK.length()));
      return Optional.of(new String(name, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }
}
