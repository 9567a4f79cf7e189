package dev.coffer.server.schedules.work;

import dev.coffer.error.CofferException;
import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.TooManyJobs;
import dev.coffer.server.schedules.Outlook;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import dev.coffer.server.web.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of schedules. */
@Controller
class SchedulesController {
  private static final String PAGE = "redirect:/admin/schedules";

  private final Schedules schedules;
  private final Outlook outlook;
  private final ScheduleBook book;
  private final RetentionRules rules;
  private final RetentionWork retention;
  private final InstantSource clock;

  SchedulesController(
      Schedules schedules,
      Outlook outlook,
      ScheduleBook book,
      RetentionRules rules,
      RetentionWork retention,
      InstantSource clock) {
    this.schedules = schedules;
    this.outlook = outlook;
    this.book = book;
    this.rules = rules;
    this.retention = retention;
    this.clock = clock;
  }

  /** A schedule and what somebody should know of it. */
  public record Item(Schedule schedule, List<String> attention) {}

  @GetMapping("/admin/schedules")
  String page(Model model) {
    model.addAttribute(
        "items",
        schedules.all().stream()
            .map(schedule -> new Item(schedule, outlook.of(schedule)))
            .toList());
    RetentionRules.Setting setting = rules.current();
    model.addAttribute("setting", setting);
    model.addAttribute("zones", ScheduleForm.ZONES);
    try {
      model.addAttribute("retention", RetentionPreview.of(retention.preview(setting.rule())));
    } catch (CofferException unreadable) {
      model.addAttribute("refusal", CronPreview.sentence(unreadable.fact()) + ".");
    }
    return "schedules/index";
  }

  @GetMapping("/admin/schedules/new")
  String add(Model model) {
    return form(ScheduleForm.empty(), Optional.empty(), model);
  }

  @GetMapping("/admin/schedules/{id}/edit")
  String edit(@PathVariable UUID id, Model model) {
    return form(ScheduleForm.of(known(id)), Optional.of(id), model);
  }

  /** What a cron expression means, while it is typed. */
  @GetMapping("/admin/schedules/preview")
  String preview(
      @RequestParam(defaultValue = "") String cron,
      @RequestParam(defaultValue = "") String zone,
      Model model) {
    model.addAttribute("preview", CronPreview.of(cron, zone, clock.instant()));
    return "schedules/parts :: preview";
  }

  @PostMapping("/admin/schedules")
  String create(@ModelAttribute ScheduleForm form, Caller caller, Model model) {
    return save(form, Optional.empty(), caller, model);
  }

  @PostMapping("/admin/schedules/{id}/edit")
  String change(
      @PathVariable UUID id, @ModelAttribute ScheduleForm form, Caller caller, Model model) {
    known(id);
    return save(form, Optional.of(id), caller, model);
  }

  private String save(ScheduleForm form, Optional<UUID> id, Caller caller, Model model) {
    try {
      if (id.isEmpty()) {
        book.add(form, false, caller.actor());
      } else {
        book.change(id.get(), form, known(id.get()).paused(), caller.actor());
      }
      return PAGE;
    } catch (Refused wrong) {
      model.addAttribute("objection", CronPreview.sentence(wrong.problem().detail()) + ".");
      return form(form, id, model);
    }
  }

  @PostMapping("/admin/schedules/{id}/pause")
  String pause(@PathVariable UUID id, @RequestParam boolean paused, Caller caller) {
    known(id);
    book.pause(id, paused, caller.actor());
    return PAGE;
  }

  @PostMapping("/admin/schedules/{id}/delete")
  String delete(@PathVariable UUID id, Caller caller) {
    known(id);
    book.remove(id, caller.actor());
    return PAGE;
  }

  @PostMapping("/admin/schedules/{id}/run")
  String run(@PathVariable UUID id, Caller caller, RedirectAttributes next) {
    known(id);
    try {
      book.run(id, caller.actor());
    } catch (CofferException refused) {
      next.addFlashAttribute("objection", CronPreview.sentence(refused.fact()) + ".");
      return PAGE;
    } catch (TooManyJobs busy) {
      next.addFlashAttribute("objection", busy.getMessage());
      return PAGE;
    }
    return "redirect:/admin/backup";
  }

  private Schedule known(UUID id) {
    return schedules.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String form(ScheduleForm form, Optional<UUID> id, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("id", id);
    model.addAttribute("zones", ScheduleForm.ZONES);
    model.addAttribute("preview", CronPreview.of(form.cron(), form.zone(), clock.instant()));
    return "schedules/form";
  }
}
