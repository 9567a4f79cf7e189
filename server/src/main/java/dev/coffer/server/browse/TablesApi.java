package dev.coffer.server.browse;

import dev.coffer.browse.BackupBrowser;
import dev.coffer.browse.BrowsedRow;
import dev.coffer.browse.Form;
import dev.coffer.browse.Limits;
import dev.coffer.browse.Related;
import dev.coffer.browse.Relatives;
import dev.coffer.browse.Value;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.server.access.Caller;
import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.PathName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the pages show of a backup's tables, for programs. */
@RestController
@RequestMapping("/api/v1/backups/{name}/tables")
@Tag(name = "Tables of a backup", description = "Look into a backup without restoring it.")
class TablesApi {
  private static final Limits AROUND = new Limits(20, 64L << 20);
  private static final String AT = "@";

  private final Tables tables;

  TablesApi(Tables tables) {
    this.tables = tables;
  }

  /** A table. */
  record TableAnswer(
      @Schema(example = "sales") String name,
      @Schema(description = "Its name in addresses", example = "sales") String address,
      @Schema(example = "15247") long records,
      @Schema(description = "The columns of its primary key") List<String> key,
      List<ColumnAnswer> columns) {

    static TableAnswer of(BackupBrowser browser, Table table) {
      return new TableAnswer(
          table.logicalName(),
          PathName.of(table.logicalName()),
          browser.rows(table),
          table.primaryKey(),
          table.storedColumns().stream().map(ColumnAnswer::of).toList());
    }
  }

  /** A column; a locked one shows no value. */
  record ColumnAnswer(
      @Schema(example = "email") String name,
      @Schema(example = "text") String type,
      boolean locked) {

    static ColumnAnswer of(Column column) {
      return new ColumnAnswer(column.name(), column.type(), column.sealed());
    }
  }

  /** Rows of a table. */
  record RowList(
      List<RowAnswer> items,
      @Schema(description = "Records in the table") long total,
      @Schema(description = "From 1; 0 for a search") long page,
      long pages,
      @Schema(description = "For a search: records looked at so far") Optional<Long> lookedAt,
      @Schema(description = "For a search: give it as 'from' to look further; null at the end")
          Optional<Long> next,
      @Schema(
              description =
                  "Why the file could be read no further, where a damaged one of the earlier system"
                      + " is shown as far as it goes; null for all others")
          Optional<String> problem) {}

  /** A row. */
  record RowAnswer(
      @Schema(description = "Its name in addresses", example = "cm0a1b2c3000000x1y2z3a4b5")
          String id,
      @Schema(description = "In the document, from 0") long position,
      @Schema(description = "Its primary key; empty where it has none") List<String> key,
      @Schema(
              description =
                  "PostgreSQL's text by column; null where there is none, or it is locked")
          Map<String, @Nullable String> values,
      @Schema(description = "Columns whose value is locked") List<String> locked,
      @Schema(description = "Columns whose value is too long to be given whole") List<String> cut) {

    static RowAnswer of(BrowsedRow row) {
      Map<String, @Nullable String> values = new LinkedHashMap<>();
      row.values()
          .forEach(
              value -> values.put(value.column().name(), value.isText() ? value.text() : null));
      return new RowAnswer(
          row.key().map(KeyText::of).map(PathName::of).orElse(AT + row.position()),
          row.position(),
          row.key().orElse(List.of()),
          values,
          names(row, value -> value.form() == Form.LOCKED),
          names(row, Value::cut));
    }

    private static List<String> names(BrowsedRow row, Predicate<Value> condition) {
      return row.values().stream().filter(condition).map(value -> value.column().name()).toList();
    }
  }

  /** A row with those around it. */
  record CardAnswer(
      RowAnswer row,
      @Schema(description = "What it points to") List<RelatedAnswer> pointsTo,
      @Schema(description = "What points to it") List<RelatedAnswer> pointedToBy) {}

  /** Rows of one table around a row. */
  record RelatedAnswer(
      @Schema(example = "appliances") String table,
      @Schema(description = "The table's name in addresses") String address,
      List<String> columns,
      List<String> values,
      List<RowAnswer> items,
      @Schema(description = "Whether there are more, or may be: search the table by these columns")
          boolean more) {

    static RelatedAnswer of(Related related) {
      return new RelatedAnswer(
          related.table().logicalName(),
          PathName.of(related.table().logicalName()),
          related.columns(),
          related.values(),
          related.found().rows().stream().map(RowAnswer::of).toList(),
          related.found().next().isPresent());
    }
  }

  @GetMapping
  @Operation(operationId = "listTables", summary = "The tables of a backup")
  ListAnswer<TableAnswer> tables(
      @PathVariable String name,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    return tables.of(
        name,
        (backup, browser) -> {
          List<Table> all = browser.tables();
          ListAnswer.Part part = new ListAnswer.Part(page, size).within(all.size());
          List<TableAnswer> items =
              all.stream()
                  .skip(part.offset())
                  .limit(part.size())
                  .map(table -> TableAnswer.of(browser, table))
                  .toList();
          return ListAnswer.of(items, all.size(), part);
        });
  }

  @GetMapping("/{table}/rows")
  @Operation(
      operationId = "listRows",
      summary = "A page of a table, or a search in it",
      parameters =
          @Parameter(
              name = "column",
              in = ParameterIn.QUERY,
              description = "May be given several times; then q is a JSON array of their values",
              schema = @Schema(type = "string", example = "id")),
      description =
          "Without q, a page. With q, the records that have the text anywhere, or exactly in the"
              + " column named by 'column'. A search rests after so many records and so much work:"
              + " go on with from=next.")
  RowList rows(
      @PathVariable String name,
      @PathVariable String table,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) long page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size,
      @RequestParam(defaultValue = "") String q,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> all,
      @RequestParam(defaultValue = "0") long from,
      Caller caller) {
    Search search = new Search(q, all.getOrDefault("column", List.of()));
    return tables.in(
        name,
        table,
        caller,
        open -> {
          Listing listing = Listing.of(open, search, page, from, size);
          return new RowList(
              listing.rows().stream().map(RowAnswer::of).toList(),
              listing.total(),
              listing.page(),
              listing.pages(),
              listing.page() == 0 ? Optional.of(listing.lookedAt()) : Optional.empty(),
              listing.next(),
              open.browser().problem());
        });
  }

  @GetMapping("/{table}/rows/{id}")
  @Operation(
      operationId = "showRow",
      summary = "A record with those around it",
      description = "The id is what a list of rows gives. @17 is the eighteenth record.")
  CardAnswer row(
      @PathVariable String name,
      @PathVariable String table,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long from,
      Caller caller) {
    return tables.in(
        name,
        table,
        caller,
        open -> {
          Optional<Long> at = position(id);
          Optional<String> key = at.isPresent() ? Optional.empty() : PathName.read(id);
          BrowsedRow row =
              RowLookup.of(open, key, at, from)
                  .row()
                  .orElseThrow(() ->
                      new CofferException(
                          ErrorCode.RECORD_NOT_FOUND,
                          "the record was not found in the part of the table that was searched",
                          "Search the table by its key, and go on from there."));
          Relatives relatives = open.browser().relatives(row, AROUND);
          return new CardAnswer(
              RowAnswer.of(row),
              relatives.above().stream().map(RelatedAnswer::of).toList(),
              relatives.below().stream().map(RelatedAnswer::of).toList());
        });
  }

  private static Optional<Long> position(String id) {
    return id.matches("@[0-9]{1,18}")
        ? Optional.of(Long.parseLong(id.substring(AT.length())))
        : Optional.empty();
  }
}
