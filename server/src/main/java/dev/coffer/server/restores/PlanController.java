package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.Mode;
import dev.coffer.restore.record.RecordName;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.TooManyJobs;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one plan: what it would do, the confirmation, how far it is, and what came of it. */
@Controller
class PlanController {
  private final Restorations restorations;
  private final RestoreWork work;
  private final JobRunner runner;
  private final PlanWords planWords;
  private final HeldKeys keys;
  private final BackupFiles files;

  PlanController(
      Restorations restorations,
      RestoreWork work,
      JobRunner runner,
      PlanWords planWords,
      HeldKeys keys,
      BackupFiles files) {
    this.restorations = restorations;
    this.work = work;
    this.runner = runner;
    this.planWords = planWords;
    this.keys = keys;
    this.files = files;
  }

  @GetMapping("/admin/restore/plan/{id}")
  String page(@PathVariable String id, Model model, HttpServletResponse response) {
    try {
      show(restorations.find(id), model);
      return "restores/plan";
    } catch (CofferException unknown) {
      return gone(response);
    }
  }

  /** The part that changes by itself. */
  @GetMapping("/admin/restore/plan/{id}/state")
  String state(@PathVariable String id, Model model, HttpServletResponse response) {
    try {
      show(restorations.find(id), model);
      return "restores/parts :: state";
    } catch (CofferException unknown) {
      response.setHeader("HX-Refresh", "true");
      return gone(response);
    }
  }

  private void show(Restoration restoration, Model model) {
    Restoration.Course course = restoration.course();
    Mode mode =
        restoration.order() instanceof RestoreOrder.FromBackup from ? from.mode() : Mode.EXACT;
    model.addAttribute("restoration", restoration);
    model.addAttribute("course", course);
    model.addAttribute("order", restoration.order());
    model.addAttribute("database", work.databaseName());
    model.addAttribute("planWords", planWords);
    model.addAttribute("job", course.job().flatMap(runner::find).orElse(null));
    model.addAttribute("reading", course.job().flatMap(runner::reading).orElse(null));
    model.addAttribute(
        "view",
        course
            .result()
            .map(result -> PlanView.of(result, result.applied(), mode, planWords))
            .or(() -> course.plan().map(plan -> PlanView.of(plan, false, mode, planWords)))
            .orElse(null));
    model.addAttribute("trouble", course.problem().map(PlainWords::of).orElse(null));
    model.addAttribute(
        "stale",
        course.problem().map(problem -> problem.code() == ErrorCode.PLAN_STALE).orElse(false));
    model.addAttribute(
        "keyForgotten",
        restoration.order().key() == KeyUse.GIVEN && keys.of(restoration.id()).isEmpty());
    model.addAttribute("againAddress", again(restoration.order()));
    model.addAttribute("backupTime", taken(restoration.order()));
  }

  private Optional<Instant> taken(RestoreOrder order) {
    try {
      return order instanceof RestoreOrder.FromBackup from
          ? Optional.of(files.named(from.backup()).timestamp())
          : Optional.empty();
    } catch (CofferException gone) {
      return Optional.empty();
    }
  }

  /** Where the same is chosen again, without the key. */
  private static String again(RestoreOrder order) {
    return switch (order) {
      case RestoreOrder.TakeBack back -> "/admin/restores/" + back.restoreId();
      case RestoreOrder.FromBackup from ->
          new Choice(
                  from.backup(),
                  !from.records().isEmpty()
                      ? "record"
                      : from.tables().isEmpty() ? "everything" : "tables",
                  from.tables(),
                  from.records().stream()
                      .filter(RecordName.ById.class::isInstance)
                      .map(RecordName.ById.class::cast)
                      .map(name -> name.table() + "/" + name.id())
                      .findFirst()
                      .orElse(""),
                  "",
                  "",
                  from.mode().word(),
                  "",
                  "")
              .address();
    };
  }

  @PostMapping("/admin/restore/plan/{id}/confirm")
  String confirm(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String confirm,
      Caller caller,
      RedirectAttributes next,
      HttpServletResponse response) {
    return with(
        id,
        next,
        response,
        restoration -> {
          try {
            work.confirm(restoration, confirm, caller);
          } catch (CofferException refused) {
            if (refused.code() != ErrorCode.PLAN_STALE) {
              throw refused;
            }
            // Not the database has changed, but the plan waits no longer: the page says why.
            next.addFlashAttribute("late", true);
          }
        });
  }

  @PostMapping("/admin/restore/plan/{id}/again")
  String again(@PathVariable String id, RedirectAttributes next, HttpServletResponse response) {
    return with(id, next, response, work::planAgain);
  }

  @PostMapping("/admin/restore/plan/{id}/cancel")
  String cancel(@PathVariable String id, RedirectAttributes next, HttpServletResponse response) {
    return with(id, next, response, work::cancel);
  }

  private static String gone(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return "restores/gone";
  }

  /** Something to be done with a restore. */
  @FunctionalInterface
  private interface Deed {
    void with(Restoration restoration);
  }

  private String with(String id, RedirectAttributes next, HttpServletResponse response, Deed deed) {
    Restoration restoration;
    try {
      restoration = restorations.find(id);
    } catch (CofferException unknown) {
      return gone(response);
    }
    try {
      deed.with(restoration);
    } catch (CofferException refused) {
      next.addFlashAttribute("refused", PlainWords.of(refused));
    } catch (TooManyJobs busy) {
      next.addFlashAttribute(
          "refused", new PlainWords("Too much is waiting", String.valueOf(busy.getMessage()), ""));
    }
    return "redirect:/admin/restore/plan/" + restoration.id();
  }
}
