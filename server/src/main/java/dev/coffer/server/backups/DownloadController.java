package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.server.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What the links for downloads on a backup's page lead to. */
@Controller
class DownloadController {
  private final BackupFiles files;
  private final Downloads downloads;

  DownloadController(BackupFiles files, Downloads downloads) {
    this.files = files;
    this.downloads = downloads;
  }

  @GetMapping(value = "/admin/backup/{name}/download", params = "format=stored")
  ResponseEntity<Resource> stored(
      @PathVariable String name, Caller caller, HttpServletRequest request) {
    return downloads.stored(files.named(name), caller.actor(), request);
  }

  @GetMapping(value = "/admin/backup/{name}/download", params = "format!=stored")
  void exported(
      @PathVariable String name,
      @RequestParam String format,
      @RequestParam(defaultValue = "") String table,
      Caller caller,
      HttpServletResponse response)
      throws IOException {
    downloads.export(files.named(name), format, table, caller.actor(), response);
  }

  @ExceptionHandler
  void refused(CofferException failure, HttpServletResponse response) throws IOException {
    response.sendError(
        switch (failure.code()) {
          case BACKUP_NOT_FOUND, TABLE_NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
          case USAGE -> HttpServletResponse.SC_BAD_REQUEST;
          default -> HttpServletResponse.SC_UNPROCESSABLE_CONTENT;
        });
  }
}
