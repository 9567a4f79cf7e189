package dev.coffer.server.jobs;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the state keeps of jobs as JSON; empty texts stand for nothing. */
final class JobJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JobJson() {}

  static String arguments(Optional<Order> order) {
    return order.map(Order::arguments).map(MAPPER::writeValueAsString).orElse("");
  }

  static Optional<Order> order(String work, String arguments) {
    return work.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Order(
                work, MAPPER.readValue(arguments, new TypeReference<Map<String, String>>() {})));
  }

  static String progress(Reading reading) {
    return MAPPER.writeValueAsString(reading);
  }

  static Optional<Reading> progress(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(MAPPER.readValue(text, Reading.class));
  }
}
