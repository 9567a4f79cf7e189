package dev.coffer.cli.serve;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;

/** The server's libraries, which only those commands have on their class path that serve pages. */
public final class ServerLibraries {

  private ServerLibraries() {}

  /** That they are not there. */
  public static CofferException absent(NoClassDefFoundError why, String command) {
    return new CofferException(
        ErrorCode.USAGE,
        "this start of Java has no server on its class path",
        "Run it by the coffer script: " + command,
        why);
  }
}
