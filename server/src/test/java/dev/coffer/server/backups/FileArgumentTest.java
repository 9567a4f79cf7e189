package dev.coffer.server.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.jobs.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each server finds the file of an order in its own folder, and nowhere else. */
class FileArgumentTest {

  @Test
  void theFileIsFoundWhereverTheFolderIs() {
    Order order =
        FileArgument.order(
            "check", Path.of("/one/backups/database/a.json.zst"), at("/one/backups"));

    assertThat(order.work()).isEqualTo("check");
    assertThat(FileArgument.of(order, at("/two/x/../files")))
        .isEqualTo(Path.of("/two/files/database/a.json.zst"));
  }

  @Test
  void aFileOutsideIsRefused() {
    Order order = new Order("check", Map.of("file", "../keys/identity.txt"));

    assertThatThrownBy(() -> FileArgument.of(order, at("/one/backups")))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.BACKUP_NOT_FOUND));
  }

  private static ServerSettings at(String backups) {
    return new ServerSettings(
        "127.0.0.1",
        0,
        Path.of("home"),
        Path.of(backups),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(30),
        false,
        "test");
  }
}
