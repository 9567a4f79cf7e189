package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.AuditTrail;
import java.time.Duration;
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
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DAYS = 366;

  private final Tokens tokens;
  private final AuditTrail audit;

  TokensController(Tokens tokens, AuditTrail audit) {
    this.tokens = tokens;
    this.audit = audit;
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
    String called = name.strip();
    boolean printable =
        called.codePoints().noneMatch(point -> Character.getType(point) == Character.CONTROL);
    if (called.isEmpty() || called.length() > LONGEST_NAME || !printable) {
      next.addFlashAttribute("objection", "Say in a few words which program it is for.");
      return PAGE;
    }
    if (caller.ofPortal()) {
      next.addFlashAttribute(
          "objection",
          "Tokens belong to Coffer's own accounts. Sign in with one of those to make a token.");
      return PAGE;
    }
    if (days < 1 || days > LONGEST_DAYS) {
      next.addFlashAttribute("objection", "A token lasts from 1 to " + LONGEST_DAYS + " days.");
      return PAGE;
    }
    String text = tokens.create(caller.accountId(), called, scope, Duration.ofDays(days));
    audit.done(caller.actor(), Action.TOKEN_CREATED, called, scope.words());
    next.addFlashAttribute("newToken", text);
    return PAGE;
  }

  @PostMapping("/admin/tokens/{id}/revoke")
  String revoke(@PathVariable String id, Caller caller) {
    tokens.revoke(id).ifPresent(name -> audit.done(caller.actor(), Action.TOKEN_REVOKED, name, ""));
    return PAGE;
  }
}
