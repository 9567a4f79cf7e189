package dev.coffer.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure told to a person: a fact with identifiers, a hint that helps, and a stable code.
 * Neither text ever holds a row's value or a secret.
 */
public final class CofferException extends RuntimeException {
  private final ErrorCode code;
  private final String fact;
  private final String hint;

  public CofferException(ErrorCode code, String fact, String hint) {
    this(code, fact, hint, null);
  }

  public CofferException(ErrorCode code, String fact, String hint, @Nullable Throwable cause) {
    super(fact + (hint.isEmpty() ? "" : "\nHINT: " + hint), cause);
    this.code = code;
    this.fact = fact;
    this.hint = hint;
  }

  public ErrorCode code() {
    return code;
  }

  public String fact() {
    return fact;
  }

  public String hint() {
    return hint;
  }
}
