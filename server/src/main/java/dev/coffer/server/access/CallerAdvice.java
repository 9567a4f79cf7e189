package dev.coffer.server.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who looks at it. */
@ControllerAdvice(annotations = Controller.class)
class CallerAdvice {

  @ModelAttribute
  void caller(HttpServletRequest request, Model model) {
    CallerArgument.of(request)
        .ifPresent(caller -> {
          model.addAttribute("caller", caller);
          for (Permission permission : Permission.values()) {
            model.addAttribute(
                "may" + permission.name(), caller.permissions().contains(permission));
          }
        });
  }
}
