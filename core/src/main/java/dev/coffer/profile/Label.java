package dev.coffer.profile;

import java.util.Locale;

/** What people read for a name that a profile, or its metrics, give. */
public final class Label {
  private Label() {}

  /** {@code smsSuccessRate} as {@code SMS success rate}. */
  public static String of(String name) {
    String words =
        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\bsms\\b", "SMS")
            .replaceAll("\\bemail", "e-mail");
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
