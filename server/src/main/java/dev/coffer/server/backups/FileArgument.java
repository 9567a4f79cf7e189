package dev.coffer.server.backups;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.jobs.Order;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file that an order is about, by its way from the backups' folder: each server has its own.
 */
final class FileArgument {
  private static final String NAME = "file";

  private FileArgument() {}

  static Order order(String work, Path file, ServerSettings settings) {
    return new Order(work, Map.of(NAME, root(settings).relativize(whole(file)).toString()));
  }

  static Path of(Order order, ServerSettings settings) {
    return root(settings).resolve(order.get(NAME));
  }

  private static Path root(ServerSettings settings) {
    return whole(settings.backups());
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
