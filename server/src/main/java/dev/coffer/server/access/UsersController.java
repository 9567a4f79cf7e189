package dev.coffer.server.access;

import dev.coffer.server.web.Refused;
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

  private final Accounts accounts;
  private final Users users;

  UsersController(Accounts accounts, Users users) {
    this.accounts = accounts;
    this.users = users;
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
    try {
      return show(next, users.create(name, role, caller.actor()));
    } catch (Refused refused) {
      return refuse(next, refused);
    }
  }

  @PostMapping("/admin/users/{id}/access")
  String access(
      @PathVariable long id,
      @RequestParam Role role,
      @RequestParam(defaultValue = "false") boolean enabled,
      Caller caller,
      RedirectAttributes next) {
    try {
      users.setAccess(id, role, enabled, caller.actor());
      return PAGE;
    } catch (Refused refused) {
      return refuse(next, refused);
    }
  }

  @PostMapping("/admin/users/{id}/password")
  String password(@PathVariable long id, Caller caller, RedirectAttributes next) {
    try {
      return show(next, users.renewPassword(id, caller.actor()));
    } catch (Refused refused) {
      return refuse(next, refused);
    }
  }

  private static String refuse(RedirectAttributes next, Refused refused) {
    next.addFlashAttribute("objection", refused.problem().hint());
    return PAGE;
  }

  private static String show(RedirectAttributes next, Users.Welcome welcome) {
    next.addFlashAttribute("newName", welcome.account().name());
    next.addFlashAttribute("newPassword", welcome.password());
    return PAGE;
  }
}
