package dev.coffer.server.jobs;

import java.util.Map;

/**
 * What is to be done, as data: any server that shares the state can do it.
 *
 * @param work the name under which a {@link SharedWork} is offered, 40 characters at most
 * @param arguments all that it needs. They are kept in the state: no key, no value of a record
 */
public record Order(String work, Map<String, String> arguments) {
  public Order {
    arguments = Map.copyOf(arguments);
  }

  public Order(String work) {
    this(work, Map.of());
  }

  /** An argument that has to be there. */
  public String get(String name) {
    String value = arguments.get(name);
    if (value == null) {
      throw new IllegalStateException("the order for " + work + " has no " + name);
    }
    return value;
  }
}
