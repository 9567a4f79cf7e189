package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.jobs.TooManyJobs;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages on which comparisons are begun, followed and read. */
@Controller
class CompareController {
  private static final String LIVE = "live";
  private static final String BEFORE = "before";
  private static final int RECENT = 10;

  private final ComparisonWork work;
  private final ComparisonViews views;
  private final Comparables comparables;

  CompareController(ComparisonWork work, ComparisonViews views, Comparables comparables) {
    this.work = work;
    this.views = views;
    this.comparables = comparables;
  }

  @GetMapping("/admin/compare")
  String page(
      @RequestParam(defaultValue = "") String backup,
      @RequestParam(defaultValue = LIVE) String with,
      Model model) {
    try {
      String other = with.equals(BEFORE) ? comparables.before(backup) : with;
      model.addAttribute("other", other);
      model.addAttribute("offered", comparables.offered(List.of(backup, other)));
    } catch (CofferException refused) {
      model.addAttribute("other", LIVE);
      model.addAttribute("offered", offered(backup));
      model.addAttribute("objection", Sentences.of(refused));
    }
    model.addAttribute("chosen", backup);
    model.addAttribute("most", Comparables.OFFERED);
    model.addAttribute("recent", views.recent(0, RECENT));
    return "comparisons/index";
  }

  private List<Backup> offered(String backup) {
    try {
      return comparables.offered(List.of(backup));
    } catch (CofferException folderUnreadable) {
      return List.of();
    }
  }

  @PostMapping("/admin/compare")
  String begin(
      @RequestParam(defaultValue = "") String backup,
      @RequestParam(defaultValue = LIVE) String with,
      @RequestParam(defaultValue = "") List<String> table,
      Caller caller,
      RedirectAttributes next) {
    try {
      Optional<String> other =
          switch (with) {
            case LIVE -> Optional.empty();
            case BEFORE -> Optional.of(comparables.before(backup));
            default -> Optional.of(with);
          };
      next.addAttribute(
          "id", work.begin(new Wanted(backup, other, table), caller.actor()).id().toString());
      return "redirect:/admin/compare/{id}";
    } catch (CofferException refused) {
      next.addFlashAttribute("objection", Sentences.of(refused));
    } catch (TooManyJobs busy) {
      next.addFlashAttribute("objection", busy.getMessage());
    }
    next.addAttribute("backup", backup);
    next.addAttribute("with", with.equals(BEFORE) ? LIVE : with);
    return "redirect:/admin/compare";
  }

  @GetMapping("/admin/compare/{id}")
  String result(@PathVariable String id, Model model) {
    model.addAttribute("view", views.find(id));
    return "comparisons/show";
  }

  /** The part of the page that follows the work; the whole page, once there is a result. */
  @GetMapping("/admin/compare/{id}/progress")
  String progress(@PathVariable String id, Model model, HttpServletResponse response) {
    ComparisonView view = views.find(id);
    if (!view.moving()) {
      response.setHeader("HX-Refresh", "true");
    }
    model.addAttribute("view", view);
    return "comparisons/parts :: progress";
  }

  @PostMapping("/admin/compare/{id}/cancel")
  String cancel(@PathVariable String id, RedirectAttributes next) {
    views.cancel(views.find(id));
    next.addAttribute("id", id);
    return "redirect:/admin/compare/{id}";
  }

  @ExceptionHandler
  void refused(CofferException failure, HttpServletResponse response) throws IOException {
    response.sendError(
        failure.code() == ErrorCode.COMPARISON_NOT_FOUND
                || failure.code() == ErrorCode.TABLE_NOT_FOUND
            ? HttpServletResponse.SC_NOT_FOUND
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}
