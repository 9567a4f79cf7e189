package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages for signing in and for changing one's password. */
@Controller
class SignInController {
  private static final String HOME = "redirect:/admin/backup";
  private static final int LONGEST_WAIT_SECONDS = 15 * 60;

  private final Accounts accounts;
  private final PasswordEncoder encoder;
  private final SignInThrottle throttle;
  private final AuditTrail audit;
  private final HttpSessionSecurityContextRepository sessions =
      new HttpSessionSecurityContextRepository();

  SignInController(
      Accounts accounts, PasswordEncoder encoder, SignInThrottle throttle, AuditTrail audit) {
    this.accounts = accounts;
    this.encoder = encoder;
    this.throttle = throttle;
    this.audit = audit;
  }

  @GetMapping("/")
  String home() {
    return HOME;
  }

  @GetMapping("/sign-in")
  String signIn(
      @RequestParam Optional<String> failed,
      @RequestParam Optional<Integer> wait,
      @RequestParam Optional<String> out,
      @RequestParam Optional<String> expired,
      @RequestParam Optional<String> silent,
      HttpServletResponse response,
      Model model) {
    if (CallerArgument.signedIn().isPresent()) {
      return HOME;
    }
    failed.ifPresent(any -> model.addAttribute("failed", true));
    wait.ifPresent(seconds -> {
      int left = Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS);
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(left));
      model.addAttribute("wait", (left + 59) / 60);
    });
    out.ifPresent(any -> model.addAttribute("out", true));
    expired.ifPresent(any -> model.addAttribute("expired", true));
    silent.ifPresent(any -> model.addAttribute("silent", true));
    return "access/sign-in";
  }

  @GetMapping("/password")
  String password(Model model) {
    model.addAttribute("first", person().mustChange());
    model.addAttribute("portal", person().portal().isPresent());
    return "access/password";
  }

  @PostMapping("/password")
  String change(
      @RequestParam String current,
      @RequestParam String chosen,
      @RequestParam String repeated,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    SignedIn person = person();
    if (person.portal().isPresent()) {
      model.addAttribute("first", false);
      model.addAttribute("portal", true);
      response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
      return "access/password";
    }
    Optional<Duration> wait = throttle.begin(person.name(), request.getRemoteAddr());
    if (wait.isPresent()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1));
      return objected(
          "Too many attempts. Try again in a few minutes.",
          person,
          HttpStatus.TOO_MANY_REQUESTS,
          response,
          model);
    }
    Optional<String> objection = objection(person, current, chosen, repeated, request);
    if (objection.isPresent()) {
      return objected(objection.get(), person, HttpStatus.UNPROCESSABLE_CONTENT, response, model);
    }
    accounts.setPassword(person.accountId(), chosen, false);
    audit.done(actor(person, request), Action.PASSWORD_CHANGED, person.name(), "");
    SignedIn renewed = SignedIn.of(accounts.byId(person.accountId()).orElseThrow());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(renewed, null, renewed.authorities()));
    request.changeSessionId();
    sessions.saveContext(context, request, response);
    return HOME;
  }

  private static String objected(
      String objection,
      SignedIn person,
      HttpStatus status,
      HttpServletResponse response,
      Model model) {
    model.addAttribute("objection", objection);
    model.addAttribute("first", person.mustChange());
    response.setStatus(status.value());
    return "access/password";
  }

  private Optional<String> objection(
      SignedIn person, String current, String chosen, String repeated, HttpServletRequest request) {
    String stored = accounts.byId(person.accountId()).orElseThrow().password();
    if (!encoder.matches(current, stored)) {
      audit.append(
          actor(person, request),
          Action.PASSWORD_CHANGED,
          person.name(),
          "",
          Outcome.FAILED,
          "the current password was wrong");
      return Optional.of("The current password is not right.");
    }
    throttle.succeeded(person.name(), request.getRemoteAddr());
    if (!chosen.equals(repeated)) {
      return Optional.of("The two new passwords are not the same.");
    }
    if (chosen.equals(current)) {
      return Optional.of("The new password is the old one: choose another.");
    }
    return Passwords.objection(chosen, person.name());
  }

  private static Actor actor(SignedIn person, HttpServletRequest request) {
    return new Actor(person.actorName(), request.getRemoteAddr());
  }

  private static SignedIn person() {
    return CallerArgument.signedIn().orElseThrow();
  }
}
