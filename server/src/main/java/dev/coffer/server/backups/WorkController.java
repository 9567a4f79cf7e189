package dev.coffer.server.backups;

import dev.coffer.server.access.Caller;
import dev.coffer.server.access.Permission;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The part of a page that shows what is under way. */
@Controller
class WorkController {
  private final WorkInView inView;
  private final JobRunner runner;

  WorkController(WorkInView inView, JobRunner runner) {
    this.inView = inView;
    this.runner = runner;
  }

  @GetMapping("/admin/work")
  String work(
      @RequestParam(defaultValue = "") String about, Model model, HttpServletResponse response) {
    WorkInView.View view = about.isEmpty() ? inView.everything() : inView.about(about);
    if (view.changed()) {
      response.setHeader("HX-Trigger", "backups-changed");
    }
    model.addAttribute("work", view);
    return "backups/parts :: work";
  }

  @PostMapping("/admin/work/{id}/cancel")
  @Nullable String cancel(@PathVariable UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    boolean restore = runner.find(id).filter(job -> job.kind() == JobKind.RESTORE).isPresent();
    if (restore && !caller.may(Permission.RESTORE)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return null;
    }
    runner.cancel(id);
    return "redirect:/admin/backup";
  }
}
