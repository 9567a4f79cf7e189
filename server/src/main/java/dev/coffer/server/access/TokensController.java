package dev.coffer.server.access;

import dev.coffer.server.web.Refused;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of tokens, by which programs use the interface. */
@Controller
class TokensController {
  private static final String PAGE = "redirect:/admin/tokens";

  private final Tokens tokens;
  private final Programs programs;

  TokensController(Tokens tokens, Programs programs) {
    this.tokens = tokens;
    this.programs = programs;
  }

  @GetMapping("/admin/tokens")
  String page(Model model) {
    model.addAttribute("tokens", tokens.all());
    model.addAttribute("scopes", Scope.values());
    return "access/tokens";
  }

  @PostMapping("/admin/tokens")
  String create(
      @RequestParam String name,
      @RequestParam Scope scope,
      @RequestParam int days,
      Caller caller,
      RedirectAttributes next) {
    if (caller.ofPortal()) {
      next.addFlashAttribute(
          "objection",
          "Tokens belong to Coffer's own accounts. Sign in with one of those to make a token.");
      return PAGE;
    }
    try {
      next.addFlashAttribute("newToken", programs.create(name, scope, days, caller).text());
    } catch (Refused refused) {
      next.addFlashAttribute("objection", refused.problem().hint());
    }
    return PAGE;
  }

  @PostMapping("/admin/tokens/{id}/revoke")
  String revoke(@PathVariable String id, Caller caller) {
    programs.revoke(id, caller.actor());
    return PAGE;
  }
}
