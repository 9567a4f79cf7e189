package dev.coffer.server.web;

import dev.coffer.server.ServerSettings;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows. */
@ControllerAdvice(annotations = Controller.class)
class PageAdvice {
  private final ServerSettings settings;
  private final Words words;

  PageAdvice(ServerSettings settings, Words words) {
    this.settings = settings;
    this.words = words;
  }

  @ModelAttribute
  void page(Model model) {
    model.addAttribute("version", settings.cofferVersion());
    model.addAttribute("words", words);
  }
}
