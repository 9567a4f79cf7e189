package dev.coffer.server.backups;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.web.ListAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is protected. */
@RestController
@Tag(name = "Protection")
class DatabasesApi {
  private static final String ONLY = "main";

  private final ServerSettings settings;
  private final DatabaseCheck check;

  DatabasesApi(ServerSettings settings, DatabaseCheck check) {
    this.settings = settings;
    this.check = check;
  }

  /**
   * A protected database. Never its password.
   *
   * @param id stays the same
   * @param address of its server: {@code host:port}, or the socket's file
   * @param problem why it cannot be used now
   */
  record DatabaseAnswer(
      @Schema(example = "main") String id,
      @Schema(example = "portal") String name,
      @Schema(example = "db.portal.example:5432") String address,
      @Schema(example = "coffer") String user,
      Optional<String> problem) {
    private static DatabaseAnswer of(ConnectionSettings database, Optional<String> problem) {
      return new DatabaseAnswer(
          ONLY, database.database(), database.address(), database.user(), problem);
    }
  }

  @GetMapping("/api/v1/databases")
  @Operation(
      operationId = "listDatabases",
      summary = "What is protected",
      description = "One database now; several may come.")
  ListAnswer<DatabaseAnswer> list() {
    return ListAnswer.cut(
        settings.database().stream().toList(),
        new ListAnswer.Part(1, 1),
        database -> DatabaseAnswer.of(database, check.problem()));
  }
}
