package dev.coffer.server.audit;

/**
 * Who does something.
 *
 * @param name an account, with its token where it used one
 * @param address where the request came from
 */
public record Actor(String name, String address) {}
