package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import dev.coffer.progress.Progress;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Hands backups out. Sealed values stay sealed: the server has no key that opens them. */
@Component
class Downloads {
  private final AuditTrail audit;

  Downloads(AuditTrail audit) {
    this.audit = audit;
  }

  /**
   * The file as it lies there, in ranges where they are asked for (RFC 9110, "Range Requests"), and
   * whole where {@code If-Range} names another file than this.
   */
  ResponseEntity<Resource> stored(Backup backup, Actor actor, HttpServletRequest request) {
    Path file = backup.info().file();
    BasicFileAttributes attributes = attributes(file);
    // A file is written aside and renamed: no two contents have its size, time and inode.
    String etag =
        "\"%x-%x-%s\""
            .formatted(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Integer.toHexString(String.valueOf(attributes.fileKey()).hashCode()));
    Optional<String> range = Optional.ofNullable(request.getHeader(HttpHeaders.RANGE));
    boolean another =
        range.isPresent()
            && Optional.ofNullable(request.getHeader(HttpHeaders.IF_RANGE))
                .filter(expected -> !expected.equals(etag))
                .isPresent();
    if (request.getMethod().equals("GET")) {
      String part = another ? "" : range.map(asked -> ", " + asked).orElse("");
      audit.append(
          actor, Action.BACKUP_DOWNLOADED, backup.name(), "", Outcome.DONE, "as stored" + part);
    }
    FileSystemResource resource = new FileSystemResource(file);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .header(HttpHeaders.CONTENT_DISPOSITION, attachment(backup.name()))
            .contentType(MediaType.APPLICATION_OCTET_STREAM)
            .eTag(etag);
    // Spring cuts ranges out of files, whatever If-Range says, and never out of streams.
    return another
        ? answer.contentLength(attributes.size()).body(new InputStreamResource(resource))
        : answer.body(resource);
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException gone) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND, "the file has just gone", "The list shows what there is.");
    }
  }

  /**
   * The backup, or one table of it, in another format. When this fails in the middle, the
   * connection is cut, so that nobody takes a part for the whole.
   *
   * @param table empty for all
   * @throws CofferException {@code USAGE}, {@code TABLE_NOT_FOUND} or why it cannot be read
   */
  void export(Backup backup, String format, String table, Actor actor, HttpServletResponse response)
      throws IOException {
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
      audit.append(actor, Action.BACKUP_DOWNLOADED, backup.name(), "", Outcome.DONE, what);
    } catch (CofferException failure) {
      audit.append(
          actor,
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
}
