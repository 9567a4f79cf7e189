package dev.coffer.cli.terminal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs the program. */
public final class Who {
  private Who() {}

  /** {@code user@machine}. */
  public static String is(Session session) {
    String user =
        session.variable("USER").orElseGet(() -> System.getProperty("user.name", "unknown"));
    return user + "@" + session.variable("HOSTNAME").orElseGet(Who::machine);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
