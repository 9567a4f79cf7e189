package dev.coffer.server.audit;

/**
 * Who does something.
 *
 * @param name an account, with its token where it used one
 * @param address where the request came from; empty for the server itself
 */
public record Actor(String name, String address) {
  public static final Actor SERVER = new Actor("server", "");
}
