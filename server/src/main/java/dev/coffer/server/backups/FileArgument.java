package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
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

  /**
   * The file, in this server's folder.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} for one outside of it
   */
  static Path of(Order order, ServerSettings settings) {
    Path file = root(settings).resolve(order.get(NAME)).normalize();
    if (!file.startsWith(root(settings))) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND,
          "the file is outside of the backups' folder",
          "The list shows what there is.");
    }
    return file;
  }

  private static Path root(ServerSettings settings) {
    return whole(settings.backups());
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
