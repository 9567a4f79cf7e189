package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.seal.Identity;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.jobs.TooManyJobs;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was restored, and the way back from it. */
@Controller
class PastController {
  private final PastRestores past;
  private final RestoreWork work;
  private final RestoreEngine engine;
  private final KeyCheck check;
  private final PlanWords planWords;
  private final BackupFiles files;

  PastController(
      PastRestores past,
      RestoreWork work,
      RestoreEngine engine,
      KeyCheck check,
      PlanWords planWords,
      BackupFiles files) {
    this.past = past;
    this.work = work;
    this.engine = engine;
    this.check = check;
    this.planWords = planWords;
    this.files = files;
  }

  /** What was restored, and how it ended. */
  @GetMapping("/admin/restores")
  String restores(Model model) {
    try {
      model.addAttribute("past", past.all());
    } catch (CofferException unreadable) {
      model.addAttribute("refused", PlainWords.of(unreadable));
    }
    model.addAttribute("planWords", planWords);
    return "restores/past";
  }

  /** One restore, and the way back from it. */
  @GetMapping("/admin/restores/{id}")
  String restored(@PathVariable String id, Model model, HttpServletResponse response) {
    try {
      PastRestores.Past found = past.find(id);
      model.addAttribute("past", found);
      model.addAttribute("planWords", planWords);
      boolean there = found.undoable();
      model.addAttribute(
          "secrets", there && !files.named(found.safety()).info().sealedColumns().isEmpty());
      model.addAttribute("serverKey", there && !check.ofServer(engine.safetyOf(id)).isEmpty());
      return "restores/one";
    } catch (CofferException unknown) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return "restores/gone";
    }
  }

  @PostMapping("/admin/restore/settle")
  String settle(RedirectAttributes next) {
    try {
      List<String> told = past.settle();
      next.addFlashAttribute(
          "message",
          told.isEmpty() ? "There is nothing left to find out." : String.join(" ", told));
    } catch (CofferException refused) {
      next.addFlashAttribute("refused", PlainWords.of(refused));
    }
    return "redirect:/admin/restores";
  }

  /** Plans an undo. */
  @PostMapping("/admin/restore/undo/{restoreId}")
  String undo(
      @PathVariable String restoreId,
      @RequestParam(defaultValue = "without") String key,
      @RequestParam(defaultValue = "") String identity,
      @RequestParam(required = false) @Nullable MultipartFile identityFile,
      Caller caller,
      RedirectAttributes next) {
    try {
      KeyUse use =
          switch (key) {
            case "given" -> KeyUse.GIVEN;
            case "server" -> KeyUse.SERVER;
            default -> KeyUse.WITHOUT;
          };
      List<Identity> given =
          use == KeyUse.GIVEN
              ? check.given(
                  RestoreController.text(identity, identityFile), engine.safetyOf(restoreId))
              : List.of();
      Restoration restoration =
          work.plan(
              new RestoreOrder.TakeBack(past.find(restoreId).entry().id(), use), given, caller);
      return "redirect:/admin/restore/plan/" + restoration.id();
    } catch (CofferException refused) {
      next.addFlashAttribute("refused", PlainWords.of(refused));
    } catch (TooManyJobs busy) {
      next.addFlashAttribute(
          "refused", new PlainWords("Too much is waiting", String.valueOf(busy.getMessage()), ""));
    }
    next.addAttribute("restoreId", restoreId);
    return "redirect:/admin/restores/{restoreId}";
  }
}
