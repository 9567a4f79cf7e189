package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.Caller;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of settings. */
@Controller
class SettingsController {
  static final String PAGE = "redirect:/admin/settings";

  private final SettingsParts parts;

  SettingsController(SettingsParts parts) {
    this.parts = parts;
  }

  @GetMapping("/admin/settings")
  String page(Model model) {
    model.addAttribute("databases", parts.protectedDatabases());
    Map<String, DatabaseState> states = new HashMap<>();
    parts.settings().databases().stream()
        .map(ServerSettings::idOf)
        .forEach(id -> parts.databases().seen(id).ifPresent(state -> states.put(id, state)));
    model.addAttribute("states", states);
    model.addAttribute("storage", parts.storage().look());
    model.addAttribute("keys", parts.keys().look());
    model.addAttribute("proofServer", parts.settings().proofServer().map(String::valueOf));
    return "settings/index";
  }

  /** What a database says when it is asked: a part of the page that comes later. */
  @GetMapping("/admin/settings/database")
  String database(@RequestParam String id, Model model) {
    try {
      model.addAttribute("state", parts.databases().recent(id));
    } catch (CofferException unknown) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, unknown.fact(), unknown);
    }
    return "settings/parts :: state";
  }

  /** Whether trials may take place where they are to: a part of the page that comes later. */
  @GetMapping("/admin/settings/proof-server")
  String proofServer(Model model) {
    model.addAttribute("trials", parts.databases().trials().orElse(null));
    return "settings/parts :: trials";
  }

  /** Asks anew. */
  @PostMapping("/admin/settings/check")
  String check(@RequestParam String id, RedirectAttributes next) {
    try {
      DatabaseState _ = parts.databases().look(id);
    } catch (CofferException unknown) {
      next.addFlashAttribute("objection", sentence(unknown));
    }
    return PAGE;
  }

  @PostMapping("/admin/settings/portal-sign-in")
  String portalSignIn(
      @RequestParam String id,
      @RequestParam(defaultValue = "false") boolean on,
      Caller caller,
      RedirectAttributes next) {
    try {
      parts.portalSwitch().set(id, on, caller.actor());
      next.addFlashAttribute(
          "message",
          on
              ? "The portal's admins may sign in now, with their e-mail address and password."
              : "The portal's admins may not sign in any more. Their sessions have ended.");
    } catch (CofferException refused) {
      next.addFlashAttribute("objection", sentence(refused));
    }
    return PAGE;
  }

  static String sentence(CofferException failure) {
    String fact = failure.fact();
    return (Character.toUpperCase(fact.charAt(0)) + fact.substring(1) + ". " + failure.hint())
        .strip();
  }
}
