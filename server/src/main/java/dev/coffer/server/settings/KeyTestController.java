package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.server.access.Caller;
import dev.coffer.server.keys.Challenge;
import dev.coffer.server.keys.KeyChallenges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages by which somebody shows that they still hold a key. */
@Controller
class KeyTestController {
  private final KeyChallenges challenges;
  private final IdentityTest identities;

  KeyTestController(KeyChallenges challenges, IdentityTest identities) {
    this.challenges = challenges;
    this.identities = identities;
  }

  @PostMapping("/admin/settings/key-test")
  String begin(@RequestParam String recipient, Caller caller, RedirectAttributes next) {
    try {
      return "redirect:/admin/settings/key-test/"
          + challenges.create(recipient, caller.actor()).id();
    } catch (CofferException refused) {
      return refuse(refused, next);
    }
  }

  @GetMapping("/admin/settings/key-test/{id}")
  String page(@PathVariable String id, Model model, RedirectAttributes next) {
    Optional<Challenge> challenge = challenges.find(id);
    if (challenge.isEmpty()) {
      Object told = model.getAttribute("objection");
      next.addFlashAttribute(
          "objection",
          told == null
              ? "This test is over: it was answered, or it has expired. Begin a new one."
              : told);
      return SettingsController.PAGE;
    }
    model.addAttribute("challenge", challenge.get());
    model.addAttribute(
        "holder", new Keys.Holder(challenge.get().recipient(), Optional.empty(), true));
    return "settings/key-test";
  }

  /** The text as a file, for those who would rather not copy it. */
  @GetMapping("/admin/settings/key-test/{id}/challenge.age")
  ResponseEntity<byte[]> file(@PathVariable String id) {
    return challenges
        .find(id)
        .map(challenge ->
            ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"challenge.age\"")
                .body(challenge.text().getBytes(StandardCharsets.US_ASCII)))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  @PostMapping("/admin/settings/key-test/{id}")
  String answer(
      @PathVariable String id,
      @RequestParam String answer,
      Caller caller,
      RedirectAttributes next) {
    try {
      challenges.answer(id, answer, caller.actor());
      next.addFlashAttribute(
          "message", "That is right: the key is held. The test is written down.");
      return SettingsController.PAGE;
    } catch (CofferException wrong) {
      if (challenges.find(id).isEmpty()) {
        return refuse(wrong, next);
      }
      next.addFlashAttribute("objection", SettingsController.sentence(wrong));
      next.addAttribute("id", id);
      return "redirect:/admin/settings/key-test/{id}";
    }
  }

  @PostMapping("/admin/settings/key-identity")
  String identity(
      @RequestParam(defaultValue = "") String identity,
      @RequestParam Optional<MultipartFile> file,
      Caller caller,
      RedirectAttributes next)
      throws IOException {
    String text =
        identity.isBlank() && file.isPresent()
            ? new String(file.get().getBytes(), StandardCharsets.UTF_8)
            : identity;
    try {
      next.addFlashAttribute(
          "message", identities.run(text, caller.actor()) + " The server has not kept it.");
      return SettingsController.PAGE;
    } catch (CofferException refused) {
      return refuse(refused, next);
    }
  }

  private static String refuse(CofferException refused, RedirectAttributes next) {
    next.addFlashAttribute("objection", SettingsController.sentence(refused));
    return SettingsController.PAGE;
  }
}
