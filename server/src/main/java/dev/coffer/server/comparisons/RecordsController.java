package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.Actor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of the records of one table that differ. */
@Controller
class RecordsController {
  private static final int SIZE = 25;
  private static final int LONGEST = 20_000;

  private final ComparisonViews views;
  private final RecordLooks looks;

  RecordsController(ComparisonViews views, RecordLooks looks) {
    this.views = views;
    this.looks = looks;
  }

  @GetMapping("/admin/compare/{id}/records")
  String page(
      @PathVariable String id,
      @RequestParam String table,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "1") String page,
      Caller caller,
      Model model) {
    fill(id, table, kind, q, page, caller.actor(), model);
    return "comparisons/records";
  }

  /** The list alone, while somebody types. */
  @GetMapping("/admin/compare/{id}/records-list")
  String list(
      @PathVariable String id,
      @RequestParam String table,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "1") String page,
      Caller caller,
      Model model) {
    fill(id, table, kind, q, page, caller.actor(), model);
    return "comparisons/parts :: records";
  }

  private void fill(
      String id, String table, String kind, String q, String page, Actor actor, Model model) {
    ComparisonView view = views.find(id);
    Report.TableReport report =
        view.comparing().report().stream()
            .flatMap(done -> done.tables().stream())
            .filter(one -> one.table().equals(table))
            .findFirst()
            .orElseThrow(() ->
                new CofferException(
                    ErrorCode.TABLE_NOT_FOUND, "the comparison has no table of that name", ""));
    model.addAttribute("view", view);
    model.addAttribute("table", report);
    model.addAttribute("kind", RecordQuery.kind(kind).map(Enum::name).orElse(""));
    model.addAttribute("q", q.strip());
    try {
      HeldComparison held = views.records(view);
      RecordPage records =
          held.page(
              new RecordQuery(
                  table, RecordQuery.kind(kind), q.strip(), number(page), SIZE, LONGEST));
      looks.note(view, held, table, actor);
      model.addAttribute("records", records);
      model.addAttribute(
          "items", records.items().stream().map(change -> RecordView.of(change, report)).toList());
    } catch (CofferException failure) {
      if (failure.code() != ErrorCode.COMPARISON_EXPIRED) {
        throw failure;
      }
    }
  }

  private static long number(String page) {
    try {
      return Long.parseLong(page);
    } catch (NumberFormatException first) {
      return 1;
    }
  }

  @ExceptionHandler
  void refused(CofferException failure, HttpServletResponse response) throws IOException {
    response.sendError(
        failure.code() == ErrorCode.COMPARISON_NOT_FOUND
                || failure.code() == ErrorCode.TABLE_NOT_FOUND
            ? HttpServletResponse.SC_NOT_FOUND
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}
