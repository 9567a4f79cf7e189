package dev.coffer.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole bodies for the description of the interface, by call: {@code post /api/v1/backups} has
 * {@code request}, and answers by their status.
 */
final class Examples {
  private static final String FILE = "openapi-examples.json";

  private Examples() {}

  static JsonNode read() {
    try (InputStream file = Objects.requireNonNull(Examples.class.getResourceAsStream(FILE))) {
      return JsonMapper.shared().readTree(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
