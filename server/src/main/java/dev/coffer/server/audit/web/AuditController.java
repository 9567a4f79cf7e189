package dev.coffer.server.audit.web;

import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.AuditEntry;
import dev.coffer.server.audit.AuditTrail;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of the audit trail, its check and its export. */
@Controller
class AuditController {
  private static final int PAGE = 50;

  private final AuditTrail trail;
  private final AuditExport export;

  AuditController(AuditTrail trail, AuditExport export) {
    this.trail = trail;
    this.export = export;
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

  @GetMapping("/admin/audit/export")
  void export(Caller caller, HttpServletResponse response) throws IOException {
    export.write(caller.actor(), response);
  }
}
