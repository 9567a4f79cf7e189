package dev.coffer.server.browse;

import dev.coffer.browse.BrowsedRow;
import dev.coffer.browse.Limits;
import dev.coffer.browse.Relatives;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.server.access.Caller;
import dev.coffer.server.browse.Tables.Open;
import dev.coffer.server.web.PathName;
import dev.coffer.server.web.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages that show a table of a backup, and one record of it with those around it. */
@Controller
class BrowseController {
  private static final Limits AROUND = new Limits(5, 64L << 20);
  private static final int ON_A_PAGE = 50;

  private final Tables tables;

  BrowseController(Tables tables) {
    this.tables = tables;
  }

  /** The tables of a damaged file that can still be read; those of others are on their page. */
  @GetMapping("/admin/browse/{name}")
  String backup(@PathVariable String name, Model model, HttpServletResponse response) {
    return orRefused(
        name,
        model,
        response,
        () ->
            tables.of(
                name,
                (backup, browser) -> {
                  if (browser.problem().isEmpty()) {
                    return "redirect:/admin/backup/{name}";
                  }
                  model.addAttribute("backup", backup);
                  model.addAttribute("problem", browser.problem());
                  Map<String, Long> counts = new LinkedHashMap<>();
                  browser
                      .tables()
                      .forEach(table -> counts.put(table.logicalName(), browser.rows(table)));
                  model.addAttribute("counts", counts);
                  return "browse/tables";
                }));
  }

  @GetMapping("/admin/browse/{name}/{table}")
  String table(
      @PathVariable String name,
      @PathVariable String table,
      @RequestParam(defaultValue = "1") long page,
      @RequestParam(defaultValue = "") String q,
      @RequestParam MultiValueMap<String, String> all,
      @RequestParam(defaultValue = "0") long from,
      Caller caller,
      Model model,
      HttpServletResponse response) {
    // Not a list parameter: that would be cut at commas, which names of columns may have.
    Search search = new Search(q, all.getOrDefault("column", List.of()));
    return orRefused(
        name,
        model,
        response,
        () ->
            tables.in(
                name,
                table,
                caller,
                open -> {
                  Listing listing = Listing.of(open, search, page, from, ON_A_PAGE);
                  List<String> columns =
                      Columns.telling(open.table(), open.profile(), Columns.IN_A_TABLE);
                  about(open, model);
                  model.addAttribute("search", search);
                  model.addAttribute("searching", search.query().isPresent());
                  model.addAttribute("listing", listing);
                  model.addAttribute("columns", columns);
                  model.addAttribute("allColumns", open.table().storedColumns().size());
                  model.addAttribute(
                      "searchable",
                      open.table().storedColumns().stream()
                          .filter(column -> !column.sealed())
                          .map(Column::name)
                          .toList());
                  model.addAttribute(
                      "rows",
                      listing.rows().stream().map(row -> ShownRow.of(row, columns)).toList());
                  return "browse/table";
                }));
  }

  @GetMapping("/admin/browse/{name}/{table}/row")
  String row(
      @PathVariable String name,
      @PathVariable String table,
      @RequestParam Optional<String> key,
      @RequestParam Optional<Long> at,
      @RequestParam(defaultValue = "0") long from,
      Caller caller,
      Model model,
      HttpServletResponse response) {
    return orRefused(
        name,
        model,
        response,
        () ->
            tables.in(
                name,
                table,
                caller,
                open -> {
                  about(open, model);
                  RowLookup lookup = RowLookup.of(open, key, at, from);
                  model.addAttribute("next", lookup.next());
                  model.addAttribute("key", key.orElse(""));
                  model.addAttribute("row", lookup.row());
                  model.addAttribute(
                      "title",
                      lookup
                          .row()
                          .map(found -> open.table().logicalName() + " " + ShownRow.name(found))
                          .orElse(open.table().logicalName()));
                  lookup.row().ifPresent(row -> card(open, row, model));
                  return "browse/row";
                }));
  }

  private static void card(Open open, BrowsedRow row, Model model) {
    String table = open.table().logicalName();
    model.addAttribute("rowName", ShownRow.name(row));
    model.addAttribute("values", row.values().stream().map(ShownValue::whole).toList());
    model.addAttribute(
        "record",
        row.key()
            .filter(key -> open.backup().current() && !table.contains("/"))
            .map(key -> table + "/" + KeyText.of(key)));
    Relatives relatives = open.browser().relatives(row, AROUND);
    model.addAttribute(
        "above",
        relatives.above().stream()
            .map(related -> RelatedRows.of(related, open.profile()))
            .toList());
    List<RelatedRows> below =
        relatives.below().stream().map(related -> RelatedRows.of(related, open.profile())).toList();
    model.addAttribute(
        "below", below.stream().filter(each -> !each.rows().isEmpty() || each.more()).toList());
    model.addAttribute(
        "nothingIn",
        below.stream()
            .filter(each -> each.rows().isEmpty() && !each.more())
            .map(RelatedRows::name)
            .distinct()
            .toList());
  }

  private static void about(Open open, Model model) {
    model.addAttribute("backup", open.backup());
    model.addAttribute("problem", open.browser().problem());
    model.addAttribute("table", open.table().logicalName());
    model.addAttribute("part", PathName.of(open.table().logicalName()));
    model.addAttribute("total", open.browser().rows(open.table()));
  }

  /** What cannot be looked into is said on a page, with what to do instead. */
  private static String orRefused(
      String name, Model model, HttpServletResponse response, Supplier<String> page) {
    try {
      return page.get();
    } catch (CofferException failure) {
      response.setStatus(Problem.of(failure).status());
      model.addAttribute("headline", headline(failure.code()));
      model.addAttribute("failure", failure);
      boolean known = failure.code() != ErrorCode.BACKUP_NOT_FOUND;
      model.addAttribute("backupName", known ? name : "");
      return "browse/refused";
    }
  }

  private static String headline(ErrorCode code) {
    return switch (code) {
      case KEY_NEEDED -> "This backup is locked";
      case BACKUP_DAMAGED, BACKUP_NOT_AUTHENTIC -> "This part of the backup is damaged";
      case NOT_A_BACKUP, BACKUP_TOO_NEW -> "This backup cannot be looked into here";
      case BACKUP_NOT_FOUND, TABLE_NOT_FOUND, RECORD_NOT_FOUND -> "There is nothing here";
      default -> "That cannot be shown";
    };
  }
}
