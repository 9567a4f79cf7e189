package dev.coffer.server.backups;

import dev.coffer.server.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands backups out to programs. */
@RestController
@Tag(name = "Backups")
class DownloadApi {
  private final BackupFiles files;
  private final Downloads downloads;

  DownloadApi(BackupFiles files, Downloads downloads) {
    this.files = files;
    this.downloads = downloads;
  }

  @GetMapping("/api/v1/backups/{name}/download")
  @Operation(
      operationId = "downloadBackup",
      summary = "The file as it lies there, in ranges; or the backup in another format",
      description =
          "Locked values stay locked. Ranges work with the format 'stored'; the others"
              + " are made while they are sent, and when one fails in the middle, the connection is"
              + " cut.")
  @ApiResponse(
      responseCode = "200",
      description = "All of it",
      headers = {
        @Header(name = "ETag", description = "For If-Range", schema = @Schema(type = "string"))
      },
      content = {
        @Content(
            mediaType = "application/octet-stream",
            schema = @Schema(type = "string", format = "binary")),
        @Content(mediaType = "application/json", schema = @Schema(type = "object")),
        @Content(
            mediaType = "application/sql",
            schema = @Schema(type = "string"),
            examples = @ExampleObject("CREATE TABLE users (id text NOT NULL);")),
        @Content(
            mediaType = "text/csv",
            schema = @Schema(type = "string"),
            examples = @ExampleObject("id,email\ncm0a1,ann@portal.example\n"))
      })
  @ApiResponse(
      responseCode = "206",
      description = "The range, or several as multipart/byteranges",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "It is what If-None-Match names")
  @ApiResponse(responseCode = "416", description = "The range is beyond the end of the file")
  @ApiResponse(responseCode = "422", description = "The backup cannot be read")
  @Nullable ResponseEntity<Resource> download(
      @PathVariable String name,
      @Parameter(schema = @Schema(allowableValues = {"stored", "json", "sql", "csv"}))
          @RequestParam(defaultValue = "stored")
          String format,
      @Parameter(description = "One table alone; CSV has to name one", example = "sales")
          @RequestParam(defaultValue = "")
          String table,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Backup backup = files.named(name);
    if (format.equals("stored")) {
      return downloads.stored(backup, caller.actor(), request);
    }
    downloads.export(backup, format, table, caller.actor(), response);
    return null;
  }
}
