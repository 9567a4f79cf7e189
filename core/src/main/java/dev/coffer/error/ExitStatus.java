package dev.coffer.error;

/** The exit statuses of the {@code coffer} command. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int DAMAGED = 3;
  public static final int DATABASE = 4;
  public static final int REFUSED = 5;
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
