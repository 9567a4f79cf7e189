package dev.coffer.server.audit;

import dev.coffer.server.access.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** The page of the audit trail, its check and its export. */
@Controller
class AuditController {
  private static final int PAGE = 50;

  private final AuditTrail trail;
  private final JsonMapper json;

  AuditController(AuditTrail trail, JsonMapper json) {
    this.trail = trail;
    this.json = json;
  }

  @GetMapping("/admin/audit")
  String page(
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "false") boolean check,
      Model model) {
    int shown = Math.clamp(page, 1, 1_000_000);
    long count = trail.count();
    List<AuditEntry> entries = trail.page((shown - 1) * PAGE, PAGE);
    model.addAttribute("entries", entries);
    model.addAttribute("count", count);
    model.addAttribute("page", shown);
    model.addAttribute("pages", Math.max(1, (count + PAGE - 1) / PAGE));
    if (check) {
      model.addAttribute("check", trail.check());
    }
    return "audit/index";
  }

  /** A JSON object a line, the oldest first. */
  @GetMapping("/admin/audit/export")
  void export(Caller caller, HttpServletResponse response) throws IOException {
    trail.done(caller.actor(), Action.AUDIT_EXPORTED, "", "");
    response.setContentType("application/x-ndjson");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"coffer-audit.ndjson\"");
    PrintWriter lines = response.getWriter();
    trail.forEach(entry -> {
      lines.print(json.writeValueAsString(line(entry)));
      lines.print('\n');
    });
  }

  private static Map<String, Object> line(AuditEntry entry) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", entry.id());
    line.put("at", entry.at().toString());
    line.put("actor", entry.actor().name());
    line.put("address", entry.actor().address());
    line.put("action", entry.action().name());
    line.put("subject", entry.subject());
    line.put("reason", entry.reason());
    line.put("outcome", entry.outcome().name());
    line.put("detail", entry.detail());
    line.put("previousHash", entry.previousHash());
    line.put("hash", entry.hash());
    return line;
  }
}
