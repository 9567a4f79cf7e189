package dev.coffer.server.jobs;

import java.util.UUID;

/** What one process of the server is called in the state. */
final class ServerName {
  private static final int DIGITS = 12;

  private ServerName() {}

  /** A new one: a server that is started again is another. */
  static String ofThisProcess() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
  }
}
