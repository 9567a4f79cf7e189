package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.model.BackupKind;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.TooManyJobs;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of backups: whether all is well, a new one, and the history. */
@Controller
class BackupsController {
  private static final int LONGEST_KEPT_REASON = 2000;

  private final BackupFiles files;
  private final ProtectionCheck protection;
  private final BackupWork work;
  private final WorkInView inView;
  private final Attempts attempts;

  BackupsController(
      BackupFiles files,
      ProtectionCheck protection,
      BackupWork work,
      WorkInView inView,
      Attempts attempts) {
    this.files = files;
    this.attempts = attempts;
    this.protection = protection;
    this.work = work;
    this.inView = inView;
  }

  @GetMapping("/admin/backup")
  String page(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    List<Backup> backups = backups(model);
    model.addAttribute("protection", protection.judge(backups));
    model.addAttribute("history", history(backups, new History.Filter(q, kind, state), page));
    model.addAttribute("standings", Standing.values());
    model.addAttribute("attemptStates", Attempt.State.values());
    model.addAttribute("trends", backups.stream().filter(Backup::whole).limit(2).count() > 1);
    model.addAttribute("work", inView.everything());
    return "backups/index";
  }

  /** The list alone, for pages that refresh themselves. */
  @GetMapping("/admin/backup-list")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    model.addAttribute(
        "history", history(backups(model), new History.Filter(q, kind, state), page));
    return "backups/parts :: history";
  }

  private History history(List<Backup> backups, History.Filter filter, int page) {
    return History.of(backups, attempts.all(), filter, page);
  }

  /** The panel alone. */
  @GetMapping("/admin/backup-protection")
  String protection(Model model) {
    model.addAttribute("protection", protection.judge(backups(model)));
    return "backups/parts :: protection";
  }

  @PostMapping("/admin/backup")
  String create(@RequestParam String reason, Caller caller, RedirectAttributes next) {
    try {
      work.take(BackupKind.COMPREHENSIVE, reason, caller.actor());
    } catch (CofferException refused) {
      next.addFlashAttribute("objection", sentence(refused));
      keep(reason, next);
    } catch (TooManyJobs busy) {
      next.addFlashAttribute("objection", busy.getMessage());
      keep(reason, next);
    }
    return "redirect:/admin/backup";
  }

  /** What was typed is not to be lost. */
  private static void keep(String reason, RedirectAttributes next) {
    next.addFlashAttribute(
        "reason", reason.substring(0, Math.min(reason.length(), LONGEST_KEPT_REASON)));
  }

  private List<Backup> backups(Model model) {
    try {
      return files.all();
    } catch (CofferException unreadable) {
      model.addAttribute("unreadable", sentence(unreadable));
      return List.of();
    }
  }

  static String sentence(CofferException failure) {
    return switch (failure.code()) {
      case REASON_INVALID ->
          "Say in a sentence why you create this backup: 1 to 500 characters, on one line.";
      default -> {
        String fact = failure.fact();
        yield fact.isEmpty()
            ? failure.hint()
            : Character.toUpperCase(fact.charAt(0)) + fact.substring(1) + ". " + failure.hint();
      }
    };
  }
}
