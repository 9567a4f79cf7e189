package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import dev.coffer.progress.Progress;
import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Hands backups out. Sealed values stay sealed: the server has no key that opens them. */
@Controller
class DownloadController {
  private final BackupFiles files;
  private final AuditTrail audit;

  DownloadController(BackupFiles files, AuditTrail audit) {
    this.files = files;
    this.audit = audit;
  }

  /** The file as it lies there, in ranges where they are asked for (RFC 9110, "Range Requests"). */
  @GetMapping(value = "/admin/backup/{name}/download", params = "format=stored")
  ResponseEntity<Resource> stored(@PathVariable String name, Caller caller) {
    Backup backup = files.named(name);
    audit.append(
        caller.actor(), Action.BACKUP_DOWNLOADED, backup.name(), "", Outcome.DONE, "as stored");
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(backup.name()))
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(new FileSystemResource(backup.info().file()));
  }

  /**
   * The backup, or one table of it, in another format. When this fails in the middle, the
   * connection is cut, so that nobody takes a part for the whole.
   */
  @GetMapping(value = "/admin/backup/{name}/download", params = "format!=stored")
  void exported(
      @PathVariable String name,
      @RequestParam String format,
      @RequestParam(defaultValue = "") String table,
      Caller caller,
      HttpServletResponse response)
      throws IOException {
    Backup backup = files.named(name);
    Format wanted = format(format);
    List<String> tables = table.isEmpty() ? List.of() : List.of(table);
    if (!table.isEmpty() && !backup.info().tables().containsKey(table)) {
      throw new CofferException(
          ErrorCode.TABLE_NOT_FOUND, "the backup has no table of that name", "");
    }
    String what = format + (table.isEmpty() ? "" : ", table " + table);
    response.setContentType(
        switch (wanted) {
          case JSON -> MediaType.APPLICATION_JSON_VALUE;
          case SQL -> "application/sql";
          case CSV -> "text/csv";
        });
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, attachment(target(backup.name(), table, format)));
    try {
      Exporter.export(
          backup.info().file(),
          new ExportOptions(wanted, tables, List.of()),
          response.getOutputStream(),
          Progress.SILENT);
      audit.append(caller.actor(), Action.BACKUP_DOWNLOADED, backup.name(), "", Outcome.DONE, what);
    } catch (CofferException failure) {
      audit.append(
          caller.actor(),
          Action.BACKUP_DOWNLOADED,
          backup.name(),
          "",
          Outcome.FAILED,
          what + ": " + failure.fact());
      if (response.isCommitted()) {
        throw new IOException("the export was cut short: " + failure.code(), failure);
      }
      response.reset();
      throw failure;
    }
  }

  private static Format format(String word) {
    return switch (word) {
      case "json" -> Format.JSON;
      case "sql" -> Format.SQL;
      case "csv" -> Format.CSV;
      default ->
          throw new CofferException(
              ErrorCode.USAGE, "there is no such format", "Use stored, json, sql or csv.");
    };
  }

  private static String target(String name, String table, String format) {
    String stem = name.replaceFirst("\\.(json|sql)(\\.zst)?(\\.age)?$", "");
    return stem + (table.isEmpty() ? "" : "-" + table) + "." + format.toLowerCase(Locale.ROOT);
  }

  private static String attachment(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
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
