package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** How the business grew: a page of its own, and a part of another. */
@Controller
class TrendsController {
  private final BackupFiles files;

  TrendsController(BackupFiles files) {
    this.files = files;
  }

  @GetMapping("/admin/backup-trends")
  String trends(
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
    try {
      model.addAttribute("trends", Trends.of(files.all()));
    } catch (CofferException unreadable) {
      model.addAttribute("unreadable", BackupsController.sentence(unreadable));
    }
    return part ? "backups/trends :: trends" : "backups/trends";
  }
}
