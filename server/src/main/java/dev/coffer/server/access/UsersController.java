package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.AuditTrail;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of users: who may sign in, and as what. */
@Controller
class UsersController {
  private static final String PAGE = "redirect:/admin/users";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

  private final Accounts accounts;
  private final AuditTrail audit;

  UsersController(Accounts accounts, AuditTrail audit) {
    this.accounts = accounts;
    this.audit = audit;
  }

  @GetMapping("/admin/users")
  String page(Model model) {
    model.addAttribute("accounts", accounts.all());
    model.addAttribute("roles", Role.values());
    return "access/users";
  }

  @PostMapping("/admin/users")
  String create(
      @RequestParam String name, @RequestParam Role role, Caller caller, RedirectAttributes next) {
    String normal = Accounts.normal(name);
    if (!NAME.matcher(normal).matches()) {
      return refuse(next, "Use an e-mail address or a short name of letters and digits.");
    }
    String password = Passwords.random();
    if (!accounts.create(normal, role, password)) {
      return refuse(next, "There is a user of that name already.");
    }
    audit.done(caller.actor(), Action.USER_CREATED, normal, role.words());
    return show(next, normal, password);
  }

  @PostMapping("/admin/users/{id}/access")
  String access(
      @PathVariable long id,
      @RequestParam Role role,
      @RequestParam(defaultValue = "false") boolean enabled,
      Caller caller,
      RedirectAttributes next) {
    Optional<Account> account = accounts.byId(id);
    if (account.isEmpty()) {
      return refuse(next, "There is no such user any more.");
    }
    boolean leavesAdmin = (role == Role.ADMIN && enabled) || otherAdmin(id);
    if (!leavesAdmin) {
      return refuse(next, "One admin at least has to remain.");
    }
    accounts.setAccess(id, role, enabled);
    audit.done(
        caller.actor(),
        Action.USER_CHANGED,
        account.get().name(),
        role.words() + (enabled ? "" : ", may not sign in"));
    return PAGE;
  }

  @PostMapping("/admin/users/{id}/password")
  String password(@PathVariable long id, Caller caller, RedirectAttributes next) {
    Optional<Account> account = accounts.byId(id);
    if (account.isEmpty()) {
      return refuse(next, "There is no such user any more.");
    }
    String password = Passwords.random();
    accounts.setPassword(id, password, true);
    audit.done(caller.actor(), Action.PASSWORD_CHANGED, account.get().name(), "set by an admin");
    return show(next, account.get().name(), password);
  }

  private boolean otherAdmin(long id) {
    return accounts.all().stream()
        .anyMatch(other -> other.id() != id && other.enabled() && other.role() == Role.ADMIN);
  }

  private static String refuse(RedirectAttributes next, String objection) {
    next.addFlashAttribute("objection", objection);
    return PAGE;
  }

  private static String show(RedirectAttributes next, String name, String password) {
    next.addFlashAttribute("newName", name);
    next.addFlashAttribute("newPassword", password);
    return PAGE;
  }
}
