package dev.coffer.embedded;

import org.jspecify.annotations.Nullable;

/** A throw-away server that cannot be had: the fact, and a hint that helps. */
public final class ServerException extends RuntimeException {
  private final String fact;
  private final String hint;

  ServerException(String fact, String hint) {
    this(fact, hint, null);
  }

  ServerException(String fact, String hint, @Nullable Throwable cause) {
    super(fact + "\nHINT: " + hint, cause);
    this.fact = fact;
    this.hint = hint;
  }

  public String fact() {
    return fact;
  }

  public String hint() {
    return hint;
  }
}
