package dev.coffer.server.audit.web;

import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.AuditEntry;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.web.ListAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail for programs. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "Who did what, when, from where, why, and how it ended")
class AuditApi {
  private final AuditTrail trail;
  private final AuditExport export;

  AuditApi(AuditTrail trail, AuditExport export) {
    this.trail = trail;
    this.export = export;
  }

  /**
   * What a check of the chain says.
   *
   * @param entries that fit
   * @param brokenAt the first entry that does not fit
   */
  record CheckAnswer(
      boolean whole, @Schema(example = "42") long entries, Optional<Long> brokenAt) {}

  @GetMapping
  @Operation(operationId = "listAudit", summary = "The entries, the newest first")
  ListAnswer<AuditAnswer> list(
      @Parameter(description = "One thing alone, such as a backup's name")
          @RequestParam(defaultValue = "")
          String subject,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    long total = subject.isEmpty() ? trail.count() : trail.countOf(subject);
    ListAnswer.Part part = new ListAnswer.Part(page, size).within(total);
    List<AuditEntry> entries =
        subject.isEmpty()
            ? trail.page(part.offset(), part.size())
            : trail.of(subject, part.offset(), part.size());
    return ListAnswer.of(entries.stream().map(AuditAnswer::of).toList(), total, part);
  }

  @GetMapping("/check")
  @Operation(
      operationId = "checkAudit",
      summary = "Whether no entry was changed, removed or put between")
  CheckAnswer check() {
    AuditTrail.Check check = trail.check();
    return new CheckAnswer(check.whole(), check.entries(), check.brokenAt());
  }

  @GetMapping("/export")
  @Operation(operationId = "exportAudit", summary = "All entries, a JSON object a line")
  @ApiResponse(
      responseCode = "200",
      description = "The oldest first",
      content =
          @Content(
              mediaType = "application/x-ndjson",
              schema = @Schema(implementation = AuditAnswer.class)))
  void export(Caller caller, HttpServletResponse response) throws IOException {
    export.write(caller.actor(), response);
  }
}
