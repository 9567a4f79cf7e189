package dev.coffer.server.schedules.work;

import dev.coffer.error.CofferException;
import dev.coffer.retention.RetentionRule;
import dev.coffer.server.access.Caller;
import java.time.ZoneId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The part of the page on how many backups stay. */
@Controller
class RetentionController {
  private final RetentionWork retention;

  RetentionController(RetentionWork retention) {
    this.retention = retention;
  }

  /** A rule as somebody typed it; what is no number is as good as too small a one. */
  public record Form(
      String newest, String daily, String weekly, String monthly, String yearly, String zone) {

    RetentionRule rule() {
      ZoneId known = ScheduleForm.zone(zone);
      return new RetentionRule(
          number(newest), number(daily), number(weekly), number(monthly), number(yearly), known);
    }

    private static int number(String text) {
      return text.strip().matches("[0-9]{1,5}") ? Integer.parseInt(text.strip()) : -1;
    }
  }

  @GetMapping("/admin/schedules/retention")
  String preview(@ModelAttribute Form form, Model model) {
    try {
      model.addAttribute("retention", RetentionPreview.of(retention.preview(form.rule())));
    } catch (CofferException wrong) {
      model.addAttribute("refusal", CronPreview.sentence(wrong.fact()) + ".");
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("refusal", CronPreview.sentence(String.valueOf(wrong.getMessage())) + ".");
    }
    return "schedules/parts :: retention";
  }

  @PostMapping("/admin/schedules/retention")
  String set(
      @ModelAttribute Form form,
      @RequestParam(defaultValue = "false") boolean active,
      Caller caller,
      RedirectAttributes next) {
    try {
      retention.set(new RetentionRules.Setting(active, form.rule()), caller.actor());
      next.addFlashAttribute(
          "message",
          active
              ? "Saved. After each scheduled backup, what the rule does not keep is deleted."
              : "Saved. Nothing is deleted by itself.");
    } catch (CofferException wrong) {
      next.addFlashAttribute("objection", CronPreview.sentence(wrong.fact()) + ".");
    } catch (IllegalArgumentException wrong) {
      next.addFlashAttribute(
          "objection", CronPreview.sentence(String.valueOf(wrong.getMessage())) + ".");
    }
    return "redirect:/admin/schedules";
  }
}
