package dev.coffer.server.audit.web;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes the whole trail out: a JSON object a line, the oldest first. */
@Component
class AuditExport {
  private final AuditTrail trail;
  private final JsonMapper json;

  AuditExport(AuditTrail trail, JsonMapper json) {
    this.trail = trail;
    this.json = json;
  }

  void write(Actor actor, HttpServletResponse response) throws IOException {
    trail.done(actor, Action.AUDIT_EXPORTED, "", "");
    response.setContentType("application/x-ndjson");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"coffer-audit.ndjson\"");
    PrintWriter lines = response.getWriter();
    trail.forEach(entry -> {
      lines.print(json.writeValueAsString(AuditAnswer.of(entry)));
      lines.print('\n');
    });
  }
}
