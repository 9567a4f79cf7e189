package dev.coffer.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a request gets that no page answers: a page for people, a problem for programs. */
@Controller
class ErrorPages implements ErrorController {
  private final ProblemWriter problems;

  ErrorPages(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  @Nullable String error(HttpServletRequest request, HttpServletResponse response, Model model)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : HttpServletResponse.SC_NOT_FOUND;
    response.setStatus(status);
    if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
        && isInterface(uri)) {
      problems.write(response, Refusals.of(status));
      return null;
    }
    String why = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_MESSAGE));
    String[] words = words(status, why);
    model.addAttribute("heading", words[0]);
    model.addAttribute("explanation", words[1]);
    return "error";
  }

  /** Whether a request by that path is a program's. */
  static boolean isInterface(String uri) {
    return uri.startsWith("/api/") || uri.equals("/metrics");
  }

  private static String[] words(int status, String why) {
    if (status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
      return new String[] {
        "That is too long", "Nothing was changed. A key is one line of text; go back and try again."
      };
    }
    if (why.equals("origin")) {
      return new String[] {
        "This came from another site",
        "Nothing was changed. A page elsewhere sent your browser here with something to be done. If"
            + " you wanted it, open Coffer's own page and do it there."
      };
    }
    if (why.equals("stale")) {
      return new String[] {
        "This page was open for too long",
        "Nothing was changed. Go back, reload the page, and try again."
      };
    }
    return switch (status) {
      case HttpServletResponse.SC_FORBIDDEN ->
          new String[] {
            "Your role does not allow this",
            "Nothing was changed. If you need to do this, ask an admin."
          };
      case HttpServletResponse.SC_NOT_FOUND ->
          new String[] {
            "There is nothing here", "The page or the backup does not exist, or does not any more."
          };
      case HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE ->
          new String[] {
            "What you sent is too large",
            "Nothing was changed. A key is a short text: go back, and choose the right file."
          };
      case HttpServletResponse.SC_INTERNAL_SERVER_ERROR ->
          new String[] {
            "Something went wrong in Coffer",
            "Your backups are not affected. The server's log tells more; try again."
          };
      case HttpServletResponse.SC_SERVICE_UNAVAILABLE ->
          new String[] {
            "Coffer cannot reach its own records now",
            "Your backups are not affected. The database in which Coffer keeps users, schedules and"
                + " the audit trail does not answer: have it started, then try again."
          };
      default ->
          new String[] {
            "That request cannot be answered", "Nothing was changed. Go back and try again."
          };
    };
  }
}
