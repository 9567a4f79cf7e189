package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.jobs.TooManyJobs;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one backup, and what one may do with it. */
@Controller
class BackupController {
  private final BackupFiles files;
  private final BackupWork work;
  private final BackupKeeping keeping;
  private final AuditTrail audit;
  private final WorkInView inView;
  private final ProofWork proofWork;
  private final Proofs proofs;

  BackupController(
      BackupFiles files,
      BackupWork work,
      BackupKeeping keeping,
      AuditTrail audit,
      WorkInView inView,
      ProofWork proofWork,
      Proofs proofs) {
    this.files = files;
    this.work = work;
    this.keeping = keeping;
    this.audit = audit;
    this.inView = inView;
    this.proofWork = proofWork;
    this.proofs = proofs;
  }

  @GetMapping("/admin/backup/{name}")
  String page(@PathVariable String name, @RequestParam(defaultValue = "1") int trail, Model model) {
    Backup backup = files.named(name);
    model.addAttribute("change", Change.of(backup, files.all()));
    model.addAttribute("backup", backup);
    model.addAttribute("notProven", proofs.notProven(backup));
    model.addAttribute("summary", Summary.of(backup.info().communicationSummary()));
    if (backup.readable()) {
      model.addAttribute("evidence", Evidence.of(backup));
    }
    model.addAttribute("readable", backup.readable());
    model.addAttribute("browsable", backup.browsable());
    model.addAttribute("trail", Trail.of(audit, backup.name(), trail));
    model.addAttribute("work", inView.about(backup.name()));
    return "backups/show";
  }

  /** What a check found, for a page that is open while it ends. */
  @GetMapping("/admin/backup/{name}/check")
  String check(@PathVariable String name, Model model) {
    Backup backup = files.named(name);
    model.addAttribute("backup", backup);
    model.addAttribute("notProven", proofs.notProven(backup));
    return "backups/parts :: check";
  }

  /** What was done with it, a page of it. */
  @GetMapping("/admin/backup/{name}/trail")
  String trail(
      @PathVariable String name, @RequestParam(defaultValue = "1") int trail, Model model) {
    Backup backup = files.named(name);
    model.addAttribute("backup", backup);
    model.addAttribute("trail", Trail.of(audit, backup.name(), trail));
    return "backups/parts :: trail";
  }

  @PostMapping("/admin/backup/{name}/prove")
  String prove(@PathVariable String name, Caller caller, RedirectAttributes next) {
    Backup backup = files.named(name);
    try {
      proofWork.proveOnce(backup, caller.actor());
    } catch (TooManyJobs busy) {
      next.addFlashAttribute("objection", busy.getMessage());
    } catch (CofferException refused) {
      next.addFlashAttribute("objection", BackupsController.sentence(refused));
    }
    return back(backup, next);
  }

  @PostMapping("/admin/backup/{name}/verify")
  String verify(@PathVariable String name, Caller caller, RedirectAttributes next) {
    Backup backup = files.named(name);
    try {
      work.verifyOnce(backup, caller.actor());
    } catch (TooManyJobs busy) {
      next.addFlashAttribute("objection", busy.getMessage());
    }
    return back(backup, next);
  }

  @PostMapping("/admin/backup/{name}/keep")
  String keep(
      @PathVariable String name,
      @RequestParam boolean keep,
      Caller caller,
      RedirectAttributes next) {
    Backup backup = files.named(name);
    keeping.keep(backup, keep, caller.actor());
    return back(backup, next);
  }

  @PostMapping("/admin/backup/{name}/delete")
  String delete(
      @PathVariable String name,
      @RequestParam String reason,
      Caller caller,
      RedirectAttributes next) {
    Backup backup = files.named(name);
    try {
      keeping.delete(backup, reason, caller.actor());
    } catch (CofferException refused) {
      next.addFlashAttribute(
          "objection",
          refused.code() == ErrorCode.REASON_INVALID
              ? "Nothing was deleted: say why, in a sentence."
              : BackupsController.sentence(refused));
      return back(backup, next);
    }
    next.addFlashAttribute("message", "The backup " + backup.name() + " was deleted.");
    return "redirect:/admin/backup";
  }

  @ExceptionHandler
  void missing(CofferException failure, HttpServletResponse response) throws IOException {
    response.sendError(
        failure.code() == ErrorCode.BACKUP_NOT_FOUND
            ? HttpServletResponse.SC_NOT_FOUND
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }

  private static String back(Backup backup, RedirectAttributes next) {
    next.addAttribute("name", backup.name());
    return "redirect:/admin/backup/{name}";
  }
}
